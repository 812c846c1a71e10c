using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>An edit inside the body of one function: what stands outside of it means what it meant before.</summary>
internal sealed class FunctionEdit
{
    // What a directive, or a line that goes on in the next one, does reaches beyond the function. ^Z ends a file under the kernel's options.
    private static readonly string[] Reaching = ["#", "%:", "\\", "\x1a"];

    private FunctionEdit(TranslationUnit before, FunctionDefinition function, SourceText now, TextDifference difference)
    {
        Before = before;
        Function = function;
        Text = now;
        Move = new TreeMove(difference);
    }

    /// <summary>The version before, of which clang had nothing to say.</summary>
    public TranslationUnit Before { get; }

    /// <summary>The function before the edit.</summary>
    public FunctionDefinition Function { get; }

    /// <summary>The version behind the edit.</summary>
    public SourceText Text { get; }

    /// <summary>Brings what stands outside of the function to its new place.</summary>
    public TreeMove Move { get; }

    /// <summary>The function's extent after the edit, if its braces are still a pair.</summary>
    public TextSpan Span => Move.Of(Function.Span);

    /// <summary>True for the function, and for those that the same macro makes beside it, as SYSCALL_DEFINE does.</summary>
    public bool Concerns(FunctionDefinition function) => function.Span.Start < Function.Span.End && Function.Span.Start < function.Span.End;

    /// <summary>The one function that differs from a version of which clang had nothing to say; null if something else does.</summary>
    public static FunctionEdit? Between(TranslationUnit before, SourceText now)
    {
        var difference = new TextDifference(before.Text, now);

        // Where nothing differs, as after an undo, one function stands for all.
        var edited = before.Functions.FirstOrDefault(function => HasOwnBody(function) && (difference.IsEmpty || InsideOf(function.Body).Contains(difference.Old)));
        return edited is null || (!difference.IsEmpty && (Reaches(before.Text, difference.Old) || Reaches(now, difference.New))) ? null : new FunctionEdit(before, edited, now, difference);
    }

    /// <summary>
    /// The new version with nothing in the bodies of the other functions: the same bytes at the same places else. A body with a directive stays, for what follows may
    /// need it.
    /// </summary>
    public SourceText WithoutOtherBodies()
    {
        var bytes = Text.Bytes.ToArray();
        foreach (var function in Before.Functions.Where(function => function != Function && HasOwnBody(function)))
        {
            var body = InsideOf(Move.Of(function.Body.Span));
            if (!Reaches(Text.Slice(body)))
            {
                foreach (ref var one in bytes.AsSpan(body.Start, body.Length))
                {
                    one = one == (byte)'\n' ? one : (byte)' ';
                }
            }
        }

        return new SourceText(Text.Path, bytes);
    }

    /// <summary>True if the function's braces stand in the file, and are not a macro's.</summary>
    private static bool HasOwnBody(FunctionDefinition function) => function.Body.Origin.Kind == OriginKind.Spelled && function.Span.Contains(function.Body.Span);

    private static TextSpan InsideOf(BlockStatement body) => InsideOf(body.Span);

    private static TextSpan InsideOf(TextSpan body) => new(body.Start + 1, Math.Max(body.Start + 1, body.End - 1));

    private static bool Reaches(SourceText text, TextSpan span)
    {
        var (first, last) = (text.PositionOf(span.Start).Line, text.PositionOf(span.End).Line);
        return (first > 1 && text.Line(first - 1).EndsWith('\\'))
            || Enumerable.Range(first, last - first + 1).Any(line => Reaches(text.Line(line)));
    }

    private static bool Reaches(string text) => Array.Exists(Reaching, sign => text.Contains(sign, StringComparison.Ordinal));
}
