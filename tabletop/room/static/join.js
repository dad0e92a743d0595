// The join page works without this; here it keeps a second tap from sending the form twice.
const form = document.getElementById("join");
if (form) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    setTimeout(() => { button.disabled = true; button.textContent = "Taking your seat…"; }, 0);
  });
  addEventListener("pageshow", () => {
    const button = form.querySelector("button");
    button.disabled = false;
    button.textContent = "Take my seat";
  });
}
