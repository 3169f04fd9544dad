"""The API: one module per resource. Words on the wire are pydantic models; OpenAPI is made of them."""
