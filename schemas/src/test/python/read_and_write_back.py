"""Reads records with Confluent's own client and writes each back, so that both directions are tried.

Arguments: address of the registry, topic to write to. Each line of the input is TOPIC HEX; each line of the output is a
JSON object with what was read ("read", every value as text) and the bytes written back ("written", hex).
"""

import json
import sys

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext


def main(url, target):
    registry = SchemaRegistryClient({"url": url})
    for line in sys.stdin:
        topic, text = line.split()
        record = bytes.fromhex(text)
        # With the record names kept, the writer knows which kind of a union each value is.
        deserializer = AvroDeserializer(registry, return_record_name=True)
        value = deserializer(record, SerializationContext(topic, MessageField.VALUE))
        schema = registry.get_schema(int.from_bytes(record[1:5], "big"))
        serializer = AvroSerializer(registry, schema.schema_str)
        written = serializer(value, SerializationContext(target + "." + topic, MessageField.VALUE))
        print(json.dumps({"read": value, "written": written.hex()}, default=str))


main(*sys.argv[1:])
