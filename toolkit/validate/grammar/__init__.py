"""Why a document does not follow its grammar: the engine's states, told in words."""
