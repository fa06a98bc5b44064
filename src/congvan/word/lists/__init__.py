"""Word's automatic numbers of list paragraphs, which stand nowhere in the text."""
