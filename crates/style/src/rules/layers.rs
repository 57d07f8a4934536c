//! Cascade layers and their order. <https://drafts.csswg.org/css-cascade-5/#layering>

use fanlight_base::Atom;

/// Names a layer of one [`LayerTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LayerId(usize);

impl LayerId {
    /// What is in no layer: the root of the tree.
    pub(crate) const NONE: LayerId = LayerId(0);
}

struct Layer {
    /// `None` for the root and for layers without a name, of which each is its own.
    name: Option<Atom>,
    children: Vec<LayerId>,
}

/// The layers of one origin.
pub(crate) struct LayerTree {
    layers: Vec<Layer>,
}

impl LayerTree {
    pub(crate) fn new() -> LayerTree {
        LayerTree { layers: vec![Layer { name: None, children: Vec::new() }] }
    }

    /// The layer of a name inside a layer; made when it is first named, which decides its order.
    pub(crate) fn named(&mut self, parent: LayerId, name: &Atom) -> LayerId {
        let present = self.layers[parent.0]
            .children
            .iter()
            .copied()
            .find(|child| self.layers[child.0].name.as_ref() == Some(name));
        present.unwrap_or_else(|| self.add(parent, Some(name.clone())))
    }

    /// A new layer without a name.
    pub(crate) fn anonymous(&mut self, parent: LayerId) -> LayerId {
        self.add(parent, None)
    }

    fn add(&mut self, parent: LayerId, name: Option<Atom>) -> LayerId {
        let id = LayerId(self.layers.len());
        self.layers.push(Layer { name, children: Vec::new() });
        self.layers[parent.0].children.push(id);
        id
    }

    /// The place of each layer in the cascade, lowest first: a layer comes after the layers in it, and what is in no layer
    /// comes last.
    pub(crate) fn order(&self) -> LayerOrder {
        let mut places = vec![0; self.layers.len()];
        let mut next = 0;
        // Postorder without recursion: style sheets decide how deep layers nest.
        let mut open = vec![(LayerId::NONE, 0)];
        while let Some((layer, child)) = open.pop() {
            match self.layers[layer.0].children.get(child) {
                Some(&below) => {
                    open.push((layer, child + 1));
                    open.push((below, 0));
                }
                None => {
                    places[layer.0] = next;
                    next += 1;
                }
            }
        }
        LayerOrder(places)
    }
}

/// The places of the layers of a [`LayerTree`].
pub(crate) struct LayerOrder(Vec<u32>);

impl LayerOrder {
    pub(crate) fn of(&self, layer: LayerId) -> u32 {
        self.0[layer.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_ordered_by_first_mention_and_after_what_is_in_them() {
        let mut tree = LayerTree::new();
        let reset = tree.named(LayerId::NONE, &"reset".into());
        let theme = tree.named(LayerId::NONE, &"theme".into());
        let inner = tree.named(reset, &"inner".into());
        let unnamed = tree.anonymous(LayerId::NONE);
        assert_eq!(tree.named(LayerId::NONE, &"reset".into()), reset);
        assert_ne!(tree.anonymous(LayerId::NONE), unnamed);
        let order = tree.order();
        let places = [inner, reset, theme, unnamed, LayerId::NONE].map(|layer| order.of(layer));
        assert!(places.is_sorted(), "{places:?}");
    }
}
