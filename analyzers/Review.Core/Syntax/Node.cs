using Review.Core.Source;

namespace Review.Core.Syntax;

/// <summary>
/// A node of our immutable C tree. A tree is complete: a construct that the front end does not understand makes
/// its function "not analysed", it never disappears from a tree.
/// </summary>
public abstract class Node(Origin origin)
{
    /// <summary>The finished tree; this node and all below it stand in a row there.</summary>
    private NodeTree? tree;
    private int index;
    private int count;

    /// <summary>Where the node came from: spelled in the file, or out of which macro.</summary>
    public Origin Origin { get; } = origin;

    /// <summary>The node's extent in the file of its function, in bytes: its own place, or that of the outermost macro it came from.</summary>
    public TextSpan Span => Origin.Span;

    /// <summary>The node around this one; null for a function's body and a file-level initializer.</summary>
    public Node? Parent { get; private set; }

    /// <summary>The direct children in source order. Operands that C never evaluates are not children.</summary>
    public abstract IEnumerable<Node> Children { get; }

    /// <summary>The number of the tree, which it shares with its copies elsewhere in the file, and the node's place in it; null as long as the tree is not finished.</summary>
    internal (long Revision, int Index)? Identity => tree is null ? null : (tree.Revision, index);

    /// <summary>A copy of the node and of everything below it, elsewhere in the file; it is not sealed.</summary>
    internal abstract Node Moved(TreeMove move);

    /// <summary>This node and everything below it, parents before children.</summary>
    public IEnumerable<Node> DescendantsAndSelf() => tree is null ? Walk(this) : new ArraySegment<Node>(tree.Nodes, index, count);

    /// <summary>The nodes of one kind among this one and everything below it, parents before children. They are collected once for a tree.</summary>
    public IEnumerable<T> DescendantsAndSelf<T>()
        where T : Node => tree is null ? Walk(this).OfType<T>() : tree.Of<T>(index, count);

    /// <summary>The nodes around this one, nearest first.</summary>
    public IEnumerable<Node> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent)
        {
            yield return node;
        }
    }

    /// <summary>Sets the parents below a finished root and the order of its nodes; called once by the front end.</summary>
    public static void Seal(Node root) => Seal(root, NodeTree.NextRevision());

    /// <summary>The same for a copy of a finished tree.</summary>
    internal static void Seal(Node root, Node original) => Seal(root, original.tree!.Revision);

    private static void Seal(Node root, long revision)
    {
        ArgumentNullException.ThrowIfNull(root);
        var nodes = Walk(root).ToArray();
        var sealedTree = new NodeTree(nodes, revision);
        for (var i = 0; i < nodes.Length; i++)
        {
            (nodes[i].tree, nodes[i].index, nodes[i].count) = (sealedTree, i, 1);
            foreach (var child in nodes[i].Children)
            {
                child.Parent = nodes[i];
            }
        }

        // Everything below a node stands behind it, so its size is known when its turn comes from behind.
        for (var i = nodes.Length - 1; i > 0; i--)
        {
            nodes[i].Parent!.count += nodes[i].count;
        }
    }

    private static IEnumerable<Node> Walk(Node top)
    {
        var stack = new Stack<Node>();
        stack.Push(top);
        var buffer = new List<Node>();
        while (stack.TryPop(out var node))
        {
            yield return node;
            buffer.Clear();
            buffer.AddRange(node.Children);
            for (var i = buffer.Count - 1; i >= 0; i--)
            {
                stack.Push(buffer[i]);
            }
        }
    }
}
