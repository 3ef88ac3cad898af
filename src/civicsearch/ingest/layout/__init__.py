"""Where on the page the story, its headline and its byline stand."""
