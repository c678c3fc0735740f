"""Boxes over MQTT: retained states, an event for each record, and what Home Assistant finds."""
