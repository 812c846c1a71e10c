using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Rules.References;

/// <summary>What is wrong with a reference.</summary>
internal enum ReferenceDefectKind
{
    /// <summary>A path ends with it.</summary>
    Leak,

    /// <summary>The thing is used after the last one was given back.</summary>
    UsedAfter,

    /// <summary>It is given back twice.</summary>
    Twice,

    /// <summary>One is given back that was never taken.</summary>
    NeverTaken,

    /// <summary>Pinned, and given back as a plain one.</summary>
    PinnedPut,

    /// <summary>Plain, and given back as a pin.</summary>
    PlainUnpinned,
}

/// <summary>A defect that the paths of a function show.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="At">Where it shows.</param>
/// <param name="Trace">The story.</param>
/// <param name="Arguments">What the message says of it.</param>
internal sealed record ReferenceDefect(ReferenceDefectKind Kind, Node At, ImmutableArray<(Node At, string Text)> Trace, ImmutableArray<string> Arguments)
{
    /// <summary>For a leak, the returns before which the reference is to be given back: every path to each of them has it. Empty where only a person can tell.</summary>
    public ImmutableArray<ReturnStatement> Returns { get; init; } = [];
}
