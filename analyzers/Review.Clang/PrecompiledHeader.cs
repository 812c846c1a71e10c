namespace Review.Clang;

/// <summary>
/// Headers that many files include, compiled once. A file that is parsed with it gives the tree that it gives without, or none: what its own
/// includes do not lead to must stay unknown to it.
/// </summary>
/// <param name="File">Absolute path of what clang wrote.</param>
/// <param name="Header">Absolute path of the header that it was made from.</param>
/// <param name="Index">What is in it.</param>
public sealed record PrecompiledHeader(string File, string Header, HeaderIndex Index)
{
    /// <summary>Headers that every file gets, whatever it includes: absolute paths.</summary>
    public IReadOnlyList<string> Forced { get; init; } = [];

    /// <summary>What was read of it, for all files that take it in.</summary>
    internal HeaderDeclarations Declarations { get; } = new();
}
