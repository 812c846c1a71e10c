using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// The last version of a file of which clang had nothing to say, for the next one: where only bodies of functions differ, or functions have come or gone that no other version names, clang
/// compiles those alone, and the trees of all others are taken over. The result is what all of the file would have given; only numbers that the preprocessor makes (<c>__COUNTER__</c> in
/// generated names, <c>__LINE__</c> behind the edit) may be those of another version. Belongs to one file. Used by one thread at a time.
/// </summary>
/// <param name="expected">The versions that will be parsed, in their order, if they are known; those that edit different functions are then compiled together.</param>
public sealed class UnitHistory(params ImmutableArray<SourceText> expected)
{
    private readonly Queue<TranslationUnit> made = [];
    private ImmutableArray<SourceText> following = expected;
    private ParseRequest? basis;

    /// <summary>How many versions were made out of the one before.</summary>
    public int Edits { get; private set; }

    /// <summary>What the headers of these versions say.</summary>
    internal string Headers { get; private set; } = "";

    /// <summary>What the versions since the last one that was compiled as a whole share.</summary>
    internal SharedSymbols Symbols { get; private set; } = new();

    /// <summary>The last version that was read.</summary>
    internal TranslationUnit? Last { get; private set; }

    /// <summary>A version that was made together with one before it; null if it was not.</summary>
    internal TranslationUnit? Take(ParseRequest request)
    {
        while (made.TryDequeue(out var next))
        {
            if (IsComparable(request) && next.Text.Bytes.SequenceEqual(request.Text.Bytes))
            {
                return next;
            }
        }

        return null;
    }

    /// <summary>How a version, and those that are expected behind it, differ from the one before; null if it has to be compiled as a whole.</summary>
    internal EditSequence? EditsIn(ParseRequest request) =>
        IsComparable(request) ? EditSequence.Between(Last!, request.Text, following.SkipWhile(version => !version.Bytes.SequenceEqual(request.Text.Bytes)).Skip(1)) : null;

    /// <summary>From now on each version is compiled when it is asked for.</summary>
    internal void ExpectNothing() => following = [];

    /// <summary>Keeps versions until somebody asks for them.</summary>
    internal void KeepForLater(IEnumerable<TranslationUnit> versions)
    {
        foreach (var version in versions)
        {
            made.Enqueue(version);
        }
    }

    /// <summary>Remembers a version that was compiled as a whole, and what its headers said.</summary>
    internal void Keep(ParseRequest request, TranslationUnit version, string headers)
    {
        if (version.Messages.IsEmpty)
        {
            (basis, Last, Symbols, Headers) = (request, version, request.Shared!, headers);
        }
    }

    /// <summary>Remembers a version that was made out of the one before.</summary>
    internal void Keep(TranslationUnit version, FileEdit edit)
    {
        Edits++;
        if (version.Messages.IsEmpty)
        {
            Last = version;
            Symbols.Move(edit.Move);
        }
    }

    /// <summary>The next version is compiled as a whole.</summary>
    internal void Forget() => basis = null;

    private bool IsComparable(ParseRequest request) =>
        basis is not null && request.WithWarnings == basis.WithWarnings && request.Arguments.SequenceEqual(basis.Arguments) && HasSameOthers(request, basis);

    private static bool HasSameOthers(ParseRequest one, ParseRequest other) =>
        one.Others.Length == other.Others.Length && one.Others.Zip(other.Others).All(static pair => pair.First.Path == pair.Second.Path && pair.First.Bytes.SequenceEqual(pair.Second.Bytes));
}
