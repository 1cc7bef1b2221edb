"""The resources that the Serverless Application Model (SAM) generates, as far as rules need them.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
"""

from __future__ import annotations

from relint.model.serverless.expand import expand
from relint.model.serverless.merge import taken_globals

__all__ = ["expand", "taken_globals"]
