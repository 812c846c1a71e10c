using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Rules;

/// <summary>The cure of something that was forgotten: a statement on a line of its own before another one.</summary>
internal static class StatementInsertion
{
    /// <summary>
    /// The cure before one statement; null where the code around it is of another shape than the kernel's style has.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="place">What the statement comes before.</param>
    /// <param name="statement">What to insert, with its semicolon.</param>
    /// <param name="title">What the cure does.</param>
    public static Fix? Before(SourceText text, Statement place, string statement, string title) => Before(text, [place], statement, title);

    /// <summary>The cure before each of some statements; null where the code around one of them is of another shape.</summary>
    public static Fix? Before(SourceText text, IEnumerable<Statement> places, string statement, string title)
    {
        var edits = places.Select(place => EditsBefore(text, place, statement)).ToList();
        return edits.Count > 0 && edits.TrueForAll(static some => some is not null) ? new Fix(title, [.. edits.SelectMany(static some => some!)]) : null;
    }

    private static TextEdit[]? EditsBefore(SourceText text, Statement place, string statement)
    {
        if (!place.Origin.IsInFile || LineOf(text, place) is not { } line)
        {
            return null;
        }

        var insertion = new TextEdit(new TextSpan(line, line), text.Slice(new TextSpan(line, place.Span.Start)) + statement + "\n");
        return place.Parent switch
        {
            BlockStatement or LabelStatement => [insertion],
            IfStatement { Else: null } question when question.Then == place => WithBraces(text, question, place, line, insertion),
            _ => null,
        };
    }

    /// <summary>A branch of two statements needs braces: the first one behind the condition, the second one on a line of its own.</summary>
    private static TextEdit[]? WithBraces(SourceText text, IfStatement question, Statement place, int line, TextEdit insertion)
    {
        // The line before ends with the condition; a comment there would come between it and the brace.
        var end = EndOfLine(text, place.Span.End);
        return question.Origin.IsInFile && LineOf(text, question) is { } start && text.Slice(new TextSpan(line - 2, line - 1)) == ")" && string.IsNullOrWhiteSpace(text.Slice(new TextSpan(place.Span.End, end)).Trim(';'))
            ? [new TextEdit(new TextSpan(line - 1, line - 1), " {"), insertion, new TextEdit(new TextSpan(end, end), "\n" + text.Slice(new TextSpan(start, question.Span.Start)) + "}")]
            : null;
    }

    /// <summary>Where the line of a statement begins; null if something else stands before it.</summary>
    private static int? LineOf(SourceText text, Statement place)
    {
        var line = text.OffsetOfLine(text.PositionOf(place.Span.Start).Line);
        return line > 1 && text.Slice(new TextSpan(line, place.Span.Start)).Trim(' ', '\t').Length == 0 ? line : null;
    }

    private static int EndOfLine(SourceText text, int from) => text.PositionOf(from).Line is var line && line < text.LineCount ? text.OffsetOfLine(line + 1) - 1 : text.Length;
}
