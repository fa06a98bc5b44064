"""The methods of :class:`congvan.register.Register`, by what they are about."""
