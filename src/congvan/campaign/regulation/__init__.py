"""Rules of a campaign as data: who may write after what, by when, how often; each with its source."""
