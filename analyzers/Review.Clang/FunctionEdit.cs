using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>An edit inside the body of one function: what stands outside of it means what it meant before.</summary>
internal sealed class FunctionEdit
{
    // What a directive, or a line that goes on in the next one, does reaches beyond the function. ^Z ends a file under the kernel's options.
    private static readonly string[] Reaching = ["#", "%:", "\\", "\x1a"];

    private FunctionEdit(FileOutline before, int function, SourceText now, TextDifference difference)
    {
        Function = function;
        Before = before.Functions[function].Span;
        IsEmpty = difference.IsEmpty;
        Move = new TreeMove(difference);
        After = before.Behind(Move, now);
    }

    /// <summary>Which one of the outline's functions it is.</summary>
    public int Function { get; }

    /// <summary>The function's extent before the edit.</summary>
    public TextSpan Before { get; }

    /// <summary>The function's extent after the edit, if its braces are still a pair.</summary>
    public TextSpan Span => After.Functions[Function].Span;

    /// <summary>The version behind the edit.</summary>
    public FileOutline After { get; }

    /// <summary>True if the versions are equal, as after an undo; then one function stands for all.</summary>
    public bool IsEmpty { get; }

    /// <summary>Brings what stands outside of the function to its new place.</summary>
    public TreeMove Move { get; }

    /// <summary>True for the function as it was before, and for those that the same macro makes beside it, as SYSCALL_DEFINE does.</summary>
    public bool Concerns(FunctionDefinition function) => function.Span.Start < Before.End && Before.Start < function.Span.End;

    /// <summary>The edit in the one function that differs from a version of which clang had nothing to say; null if something else does.</summary>
    public static FunctionEdit? Between(FileOutline before, SourceText now)
    {
        var difference = new TextDifference(before.Text, now);
        var edited = before.Functions.TakeWhile(function => !difference.IsEmpty && !function.Inside.Contains(difference.Old)).Count();
        return edited == before.Functions.Length || (!difference.IsEmpty && (Reaches(before.Text, difference.Old) || Reaches(now, difference.New)))
            ? null
            : new FunctionEdit(before, edited, now, difference);
    }

    /// <summary>True if a text may reach beyond the function that it stands in.</summary>
    public static bool Reaches(string text) => Array.Exists(Reaching, sign => text.Contains(sign, StringComparison.Ordinal));

    private static bool Reaches(SourceText text, TextSpan span)
    {
        var (first, last) = (text.PositionOf(span.Start).Line, text.PositionOf(span.End).Line);
        return (first > 1 && text.Line(first - 1).EndsWith('\\'))
            || Enumerable.Range(first, last - first + 1).Any(line => Reaches(text.Line(line)));
    }
}
