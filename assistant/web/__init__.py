"""The web app: views of Gradio over `assistant.service`, the pages they cite, and what guards them."""
