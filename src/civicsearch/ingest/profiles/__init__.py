"""What a site's own CSS selectors say of its pages, before the generic rules are asked."""
