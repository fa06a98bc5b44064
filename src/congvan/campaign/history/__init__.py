"""What the register knows of a campaign, brought into its plan; letters of recall and correction."""
