using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Core.Syntax;

/// <summary>How a node's first token got into the file.</summary>
public enum OriginKind
{
    /// <summary>Written in the file.</summary>
    Spelled,

    /// <summary>Written in the body of a macro.</summary>
    MacroBody,

    /// <summary>Written in the file as an argument of a macro.</summary>
    MacroArgument,

    /// <summary>Made by the preprocessor: pasted, stringified or built-in tokens.</summary>
    Pasted,
}

/// <summary>Where a node came from.</summary>
/// <param name="Kind">Written in the file, or out of which part of a macro.</param>
/// <param name="Span">The extent in the file, in bytes: the node's own or that of the macro invocation it came from.</param>
/// <param name="Invocation">The outermost macro invocation around the node; null if it is spelled.</param>
/// <param name="Macro">Name of the innermost macro whose body spells the node; null unless it comes from a body.</param>
/// <param name="Argument">Index of the argument of <paramref name="Invocation"/> that spells the node, else -1.</param>
public readonly record struct Origin(OriginKind Kind, TextSpan Span, MacroInvocation? Invocation = null, string? Macro = null, int Argument = -1)
{
    /// <summary>True if the node's tokens stand in the file, directly or as a macro argument.</summary>
    public bool IsInFile => Kind is OriginKind.Spelled or OriginKind.MacroArgument;
}

/// <summary>One expansion of a macro that the file spells.</summary>
public sealed class MacroInvocation(string name, TextSpan span, bool isFunctionLike, ImmutableArray<MacroArgument> arguments)
{
    /// <summary>The macro's name.</summary>
    public string Name { get; } = name;

    /// <summary>From the name to the closing parenthesis, in bytes.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>True for <c>#define F(x)</c>.</summary>
    public bool IsFunctionLike { get; } = isFunctionLike;

    /// <summary>The arguments as written.</summary>
    public ImmutableArray<MacroArgument> Arguments { get; } = arguments;

    public override string ToString() => Name;
}

/// <summary>One argument of a macro invocation.</summary>
public sealed class MacroArgument(int index, TextSpan span, string text)
{
    /// <summary>Position, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Its place in the file, in bytes.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>Its text as written.</summary>
    public string Text { get; } = text;

    /// <summary>True if no node of the tree came from it: the macro threw it away, so no compiler has looked at it.</summary>
    public bool IsDiscarded { get; private set; } = true;

    /// <summary>Says that a node came from the argument; called by the front end while it builds the tree.</summary>
    public void MarkUsed() => IsDiscarded = false;

    public override string ToString() => Text;
}
