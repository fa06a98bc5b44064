"""congvan for assistants, by the Model Context Protocol: looking, drafting; numbers only where the office allows it."""
