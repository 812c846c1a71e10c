using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Review.Model.Scenarios;

/// <summary>How a number in an address expression is to be multiplied.</summary>
public enum AddressUnit
{
    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Pages of 4096 bytes, written <c>Np</c>.</summary>
    Pages,

    /// <summary>Huge pages of 2 MiB, written <c>Nh</c>.</summary>
    HugePages,
}

/// <summary>One term: a name (the start of a named mapping) or a number with its unit, added or subtracted.</summary>
public readonly record struct AddressTerm(bool Negative, string? Name, ulong Number, AddressUnit Unit)
{
    /// <summary>The absolute value in bytes; <paramref name="startOf"/> gives the start of a named mapping.</summary>
    public ulong Magnitude(Func<string, ulong> startOf) => Name is null ? unchecked(Number * BytesOf(Unit)) : startOf(Name);

    private static ulong BytesOf(AddressUnit unit) => unit switch
    {
        AddressUnit.Pages => 4096,
        AddressUnit.HugePages => 2 << 20,
        _ => 1,
    };
}

/// <summary>
/// An address or a length of a scenario: terms joined by <c>+</c> and <c>-</c>, computed modulo 2^64, so that <c>0-A+4p</c>
/// is a length that wraps around. <c>NULL</c> is 0.
/// </summary>
public sealed class AddressExpression : IEquatable<AddressExpression>
{
    private const string NullName = "NULL";

    private AddressExpression(ImmutableArray<AddressTerm> terms) => Terms = terms;

    /// <summary>The value 0.</summary>
    public static AddressExpression Zero { get; } = Constant(0);

    /// <summary>The terms in the order written; at least one.</summary>
    public ImmutableArray<AddressTerm> Terms { get; }

    /// <summary>The mapping that the expression starts with (page numbers of patterns count from it), or null if it starts with a number.</summary>
    public string? Base => Terms[0] is { Negative: false, Name: { } name } ? name : null;

    /// <summary>The names of mappings in it.</summary>
    public IEnumerable<string> Names => Terms.Where(static term => term.Name is not null).Select(static term => term.Name!);

    /// <summary>A number of bytes.</summary>
    public static AddressExpression Constant(ulong bytes) => new([new AddressTerm(Negative: false, null, bytes, AddressUnit.Bytes)]);

    /// <summary>A number of pages of 4096 bytes.</summary>
    public static AddressExpression Pages(ulong count) => new([new AddressTerm(Negative: false, null, count, AddressUnit.Pages)]);

    /// <summary>The start of a mapping, and so many pages behind it (or before it, if negative).</summary>
    public static AddressExpression In(string mapping, int pages = 0)
    {
        var start = new AddressTerm(Negative: false, mapping, 0, AddressUnit.Bytes);
        return pages == 0 ? new([start]) : new([start, new AddressTerm(pages < 0, null, (ulong)Math.Abs((long)pages), AddressUnit.Pages)]);
    }

    /// <summary>An expression of given terms; at least one.</summary>
    public static AddressExpression Of(params ImmutableArray<AddressTerm> terms) =>
        terms.IsDefaultOrEmpty ? throw new ArgumentException("an expression has a term", nameof(terms)) : new(terms);

    /// <summary>Reads an expression; false if the text is none.</summary>
    public static bool TryParse(string text, out AddressExpression expression)
    {
        expression = Zero;
        var terms = ImmutableArray.CreateBuilder<AddressTerm>();
        var rest = text.AsSpan().Trim(' ');
        var negative = false;
        if (rest is ['-', ..])
        {
            negative = true;
            rest = rest[1..].TrimStart(' ');
        }

        while (true)
        {
            if (!TakeTerm(ref rest, negative, out var term))
            {
                return false;
            }

            terms.Add(term);
            rest = rest.TrimStart(' ');
            if (rest.IsEmpty)
            {
                expression = new(terms.ToImmutable());
                return true;
            }

            if (rest[0] is not ('+' or '-'))
            {
                return false;
            }

            negative = rest[0] == '-';
            rest = rest[1..].TrimStart(' ');
        }
    }

    /// <summary>True for a text that can name a mapping or a file: a letter or underscore, then letters, digits and underscores; not NULL.</summary>
    public static bool IsName(string text) =>
        text is [var first, ..] && IsNameStart(first) && text.All(IsNamePart) && text != NullName;

    /// <summary>The value in bytes, modulo 2^64.</summary>
    public ulong Evaluate(Func<string, ulong> startOf) =>
        Terms.Aggregate(0UL, (sum, term) => unchecked(term.Negative ? sum - term.Magnitude(startOf) : sum + term.Magnitude(startOf)));

    /// <inheritdoc />
    public bool Equals(AddressExpression? other) => other is not null && Terms.SequenceEqual(other.Terms);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AddressExpression);

    /// <inheritdoc />
    public override int GetHashCode() => Terms.Aggregate(Terms.Length, static (hash, term) => HashCode.Combine(hash, term));

    /// <summary>The text that <see cref="TryParse"/> reads back to an equal expression.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var term in Terms)
        {
            if (term.Negative)
            {
                text.Append('-');
            }
            else if (text.Length > 0)
            {
                text.Append('+');
            }

            text.Append(term.Name ?? term.Number.ToString(CultureInfo.InvariantCulture));
            text.Append(term.Unit switch { AddressUnit.Pages => "p", AddressUnit.HugePages => "h", _ => string.Empty });
        }

        return text.ToString();
    }

    private static bool TakeTerm(ref ReadOnlySpan<char> rest, bool negative, out AddressTerm term)
    {
        var length = 0;
        while (length < rest.Length && IsNamePart(rest[length]))
        {
            length++;
        }

        var word = rest[..length];
        rest = rest[length..];
        if (length > 0 && IsNameStart(word[0]))
        {
            term = word is NullName ? new(negative, null, 0, AddressUnit.Bytes) : new(negative, word.ToString(), 0, AddressUnit.Bytes);
            return true;
        }

        var unit = word is [.., 'p'] ? AddressUnit.Pages : word is [.., 'h'] ? AddressUnit.HugePages : AddressUnit.Bytes;
        var digits = unit == AddressUnit.Bytes ? word : word[..^1];
        var read = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (digits[0] != '0' || digits.Length == 1);
        term = new(negative, null, number, unit);
        return read;
    }

    private static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_';

    private static bool IsNamePart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
