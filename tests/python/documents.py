"""Prints the GraphQL documents of the Python client rekuest-next 0.22.0 as one JSON object: name -> document."""

import json
import re

from rekuest_next.api import schema

documents = {}
for name, value in vars(schema).items():
    document = getattr(getattr(value, "Meta", None), "document", None)
    operation = re.fullmatch(r"(\w+?)_?(Mutation|Query|Subscription)", name)
    if document and operation:
        documents[re.sub(r"(?<=[a-z])(?=[A-Z])", "_", operation[1]).lower()] = document
print(json.dumps(documents))
