using Review.Core.Source;

namespace Review.Core.Syntax;

/// <summary>
/// A node of our immutable C tree. A tree is complete: a construct that the front end does not understand makes
/// its function "not analysed", it never disappears from a tree.
/// </summary>
public abstract class Node(Origin origin)
{
    /// <summary>Where the node came from: spelled in the file, or out of which macro.</summary>
    public Origin Origin { get; } = origin;

    /// <summary>The node's extent in the file of its function, in bytes: its own place, or that of the outermost macro it came from.</summary>
    public TextSpan Span => Origin.Span;

    /// <summary>The node around this one; null for a function's body and a file-level initializer.</summary>
    public Node? Parent { get; private set; }

    /// <summary>The direct children in source order. Operands that C never evaluates are not children.</summary>
    public abstract IEnumerable<Node> Children { get; }

    /// <summary>This node and everything below it, parents before children.</summary>
    public IEnumerable<Node> DescendantsAndSelf()
    {
        var stack = new Stack<Node>();
        stack.Push(this);
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

    /// <summary>The nodes around this one, nearest first.</summary>
    public IEnumerable<Node> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent)
        {
            yield return node;
        }
    }

    /// <summary>Sets the parents below a finished root; called once by the front end.</summary>
    public static void Seal(Node root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var stack = new Stack<Node>();
        stack.Push(root);
        while (stack.TryPop(out var node))
        {
            foreach (var child in node.Children)
            {
                child.Parent = node;
                stack.Push(child);
            }
        }
    }
}
