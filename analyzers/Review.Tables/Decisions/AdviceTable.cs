using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>An array whose elements are named by advice: <c>[MADV_COLD] = ...</c>.</summary>
/// <param name="Array">The array.</param>
/// <param name="Span">Its declaration.</param>
/// <param name="Initializer">Its initial value.</param>
/// <param name="Entries">Its elements in source order, those that are not compiled included.</param>
public sealed partial record AdviceTable(VariableSymbol Array, TextSpan Span, InitializerList Initializer, ImmutableArray<AdviceEntry> Entries)
{
    /// <summary>Number of elements; -1 where it is not known.</summary>
    public long Length => ((ArrayType)Array.Type.Canonical).Length;

    /// <summary>The elements' type.</summary>
    public CType Element => ((ArrayType)Array.Type.Canonical).Element;

    /// <summary>The tables of a file.</summary>
    public static ImmutableArray<AdviceTable> Of(TranslationUnit unit)
    {
        var locals = unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<LocalDeclaration>())
            .Select(static local => (local.Symbol, local.Initializer, local.Span));
        return
        [
            .. unit.Globals.Select(static global => (global.Symbol, global.Initializer, global.Span)).Concat(locals)
                .Where(static variable => variable.Symbol.Type.Canonical is ArrayType && variable.Initializer is InitializerList)
                .Select(variable => Of(unit, variable.Symbol, (InitializerList)variable.Initializer!, variable.Span))
                .OfType<AdviceTable>(),
        ];
    }

    /// <summary>What the table says of a value; null if it is not a number that can be told.</summary>
    /// <param name="field">The member of the element; null if the element itself is asked for.</param>
    /// <param name="value">The index.</param>
    public long? Lookup(FieldSymbol? field, long value)
    {
        var element = Initializer.Elements.LastOrDefault(element => element.Designators[0].Low <= value && value <= element.Designators[0].High);
        return element is null ? 0
            : field is null ? element.Value.Constant ?? element.Value.Unwrapped.Constant
            : element.Value is InitializerList list ? MemberOf(list, field) : null;
    }

    /// <summary>What an initial value says of a member; null if it is not a number that can be told.</summary>
    public static long? MemberOf(InitializerList record, FieldSymbol field) =>
        record.Elements.LastOrDefault(member => member.Designators is [{ Field: var named }] && named == field) is { } found ? found.Value.Constant ?? found.Value.Unwrapped.Constant
        : record.Elements.Any(static member => member.Designators.IsEmpty) && record.Elements is not [{ Value.Constant: 0 }] ? null : 0;

    private static AdviceTable? Of(TranslationUnit unit, VariableSymbol array, InitializerList initializer, TextSpan span)
    {
        if (initializer.Elements.Length < 2 || !initializer.Elements.All(static element => element.Designators is [{ Field: null } index, ..] && index.Low == index.High))
        {
            return null;
        }

        var entries = ReadEntries(unit, initializer.Span);
        return entries.Length >= initializer.Elements.Length && entries.All(static entry => Advice.IsName(entry.Name)) ? new AdviceTable(array, span, initializer, entries) : null;
    }

    /// <summary>Designators are not kept in the tree by their names, and some are not compiled: the text has them all.</summary>
    private static ImmutableArray<AdviceEntry> ReadEntries(TranslationUnit unit, TextSpan span)
    {
        var entries = ImmutableArray.CreateBuilder<AdviceEntry>();
        var text = System.Text.Encoding.Latin1.GetString(unit.Text.Bytes[span.Start..span.End]);
        for (var match = Designator().Match(text); match.Success; match = match.NextMatch())
        {
            if (unit.Comments.Any(comment => comment.Span.Contains(span.Start + match.Index)))
            {
                continue;
            }

            var depth = 0;
            var end = match.Index + match.Length;
            for (; end < text.Length && (depth > 0 || text[end] is not (',' or '}')); end++)
            {
                depth += text[end] is '{' or '(' ? 1 : text[end] is '}' or ')' ? -1 : 0;
            }

            var value = new TextSpan(span.Start + match.Index + match.Length, span.Start + end);
            entries.Add(new AdviceEntry(match.Groups["name"].Value, new TextSpan(span.Start + match.Index, value.End), value));
        }

        return entries.ToImmutable();
    }

    [GeneratedRegex(@"(?<=^|[\s{,])\[\s*(?<name>[^\]]*?)\s*\]\s*=\s*", RegexOptions.ExplicitCapture)]
    private static partial Regex Designator();
}

/// <summary>One element of an <see cref="AdviceTable"/>.</summary>
/// <param name="Name">The advice.</param>
/// <param name="Span">Designator and value.</param>
/// <param name="Value">The value.</param>
public sealed record AdviceEntry(string Name, TextSpan Span, TextSpan Value);
