using System.Collections.Immutable;

namespace Review.Kernel.Headers;

/// <summary>A source of the tree whose <c>DEFINE()</c>s (include/linux/kbuild.h) make up a generated header.</summary>
/// <param name="Source">The source inside the tree, for example <c>kernel/bounds.c</c>.</param>
/// <param name="Header">The header's path below the overlay, for example <c>include/generated/bounds.h</c>.</param>
public sealed record PendingOffsets(string Source, string Header);

/// <summary>The values a source defines, in its order.</summary>
/// <param name="Values">Name and value of each <c>DEFINE(name, value)</c>.</param>
/// <param name="Problem">Why values are missing, or null.</param>
public sealed record OffsetValues(ImmutableArray<KeyValuePair<string, long>> Values, string? Problem)
{
    /// <summary>The values of a successful run.</summary>
    public static OffsetValues From(params IEnumerable<KeyValuePair<string, long>> values) => new([.. values], null);

    /// <summary>No values, and why.</summary>
    public static OffsetValues Failed(string problem) => new([], problem);
}

/// <summary>Compiles sources such as kernel/bounds.c; needs a compiler, so the composition root provides it.</summary>
public interface IOffsetCompiler
{
    /// <summary>
    /// The values of all <c>DEFINE()</c>s of a source. Never throws for bad C: says so in <see cref="OffsetValues.Problem"/>.
    /// </summary>
    /// <param name="source">The source's path inside the tree.</param>
    /// <param name="arguments">The clang arguments for it, without the source itself.</param>
    OffsetValues Compile(string source, ImmutableArray<string> arguments);
}
