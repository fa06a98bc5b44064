"""Load on the service: real clients over HTTP, honest and hostile mixed."""
