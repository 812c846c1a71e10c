using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// The last version of a file of which clang had nothing to say, for the next one: where only the body of one function differs, clang compiles that function alone, and the trees of
/// all others are taken over. The result is what all of the file would have given; only numbers that the preprocessor makes (<c>__COUNTER__</c> in generated names, <c>__LINE__</c>
/// behind the edit) may be those of before. Belongs to one file. Used by one thread at a time.
/// </summary>
public sealed class UnitHistory
{
    private ParseRequest? basis;
    private TranslationUnit? unit;

    /// <summary>How many versions were made out of the one before.</summary>
    public int Edits { get; private set; }

    /// <summary>What the headers of these versions say.</summary>
    internal string Headers { get; private set; } = "";

    /// <summary>What the versions since the last one that was compiled as a whole share.</summary>
    internal SharedSymbols Symbols { get; private set; } = new();

    /// <summary>How a version differs from the one before; null if it has to be compiled as a whole.</summary>
    internal FunctionEdit? EditIn(ParseRequest request) => IsComparable(request) ? FunctionEdit.Between(unit!, request.Text) : null;

    /// <summary>Remembers a version that was compiled as a whole, and what its headers said.</summary>
    internal void Keep(ParseRequest request, TranslationUnit version, string headers)
    {
        if (version.Messages.IsEmpty)
        {
            (basis, unit, Symbols, Headers) = (request, version, request.Shared!, headers);
        }
    }

    /// <summary>Remembers a version that was made out of the one before.</summary>
    internal void Keep(ParseRequest request, TranslationUnit version, FunctionEdit edit)
    {
        Edits++;
        if (version.Messages.IsEmpty)
        {
            (basis, unit) = (request, version);
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
