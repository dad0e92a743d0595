"""The facilitated hour: phases, clock, preferences, the deciding rule and control's acts."""
