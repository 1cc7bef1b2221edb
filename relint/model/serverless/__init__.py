"""The resources that the Serverless Application Model (SAM) makes of its own types, as far as rules judge them.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
"""

from __future__ import annotations

from relint.model.serverless.expand import expand

__all__ = ["expand"]
