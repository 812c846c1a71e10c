using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// A step from one version of a file to the next in which bodies of functions change, and whole functions come and go: what stands outside of them means what it meant before. The text
/// alone does not show that of what came or went; <see cref="ComingAndGoing"/> looks at it when it has been read.
/// </summary>
internal sealed class FileEdit
{
    // What a directive, or a line that goes on in the next one, does reaches beyond the function. ^Z ends a file under the kernel's options.
    private static readonly string[] Reaching = ["#", "%:", "\\", "\x1a"];

    private FileEdit(FileOutline before, SourceText now, List<ChangedRange> changes, HashSet<int> changed, List<ChangedRange> outside)
    {
        (Before, Move) = (before.Text, new TreeMove(changes));
        var next = before.Parts.Select(static part => part.Number).DefaultIfEmpty(-1).Max() + 1;
        var stay = before.Parts.Where(part => !outside.Exists(change => change.Old.Contains(part.Span))).ToList();
        ImmutableArray<OutlinePart> came = [.. outside.Where(static change => change.New.Length > 0).Select((change, index) => new OutlinePart(next + index, change.New, new TextSpan(change.New.End, change.New.End), OutlineKind.Arrival))];
        After = new FileOutline(now, [.. stay.Select(part => part.Behind(Move)), .. came]);
        Changed = [.. stay.Where(part => changed.Contains(part.Number))];
        Gone = [.. outside.Where(static change => change.Old.Length > 0).Select(static change => change.Old)];
        Came = came;
        Outside = [.. outside.Select(static change => change.Old)];
        Numbers = [.. changed, .. before.Parts.Except(stay).Select(static part => part.Number), .. came.Select(static part => part.Number)];
    }

    /// <summary>The version before the edit.</summary>
    public SourceText Before { get; }

    /// <summary>The version behind the edit.</summary>
    public FileOutline After { get; }

    /// <summary>The functions and comments inside of which something changes, as they stand before the edit.</summary>
    public ImmutableArray<OutlinePart> Changed { get; }

    /// <summary>Where functions or comments went, in the version before.</summary>
    public ImmutableArray<TextSpan> Gone { get; }

    /// <summary>What came, in the version behind.</summary>
    public ImmutableArray<OutlinePart> Came { get; }

    /// <summary>Where something came or went, in the version before; empty ranges where nothing went.</summary>
    public ImmutableArray<TextSpan> Outside { get; }

    /// <summary>The parts, by number, of which one version says nothing about the other.</summary>
    public ImmutableHashSet<int> Numbers { get; }

    /// <summary>True if the versions are equal, as after an undo.</summary>
    public bool IsEmpty => Numbers.IsEmpty;

    /// <summary>Brings what does not change to its new place.</summary>
    public TreeMove Move { get; }

    /// <summary>True for a function that changes, and for those that the same macro makes beside it, as SYSCALL_DEFINE does.</summary>
    public static bool Concerns(OutlinePart changed, FunctionDefinition function) => changed.Kind == OutlineKind.Function && function.Span.Start < changed.Span.End && changed.Span.Start < function.Span.End;

    /// <summary>True for what the version behind the edit does not have any more.</summary>
    public bool Removes(TextSpan span) => Gone.Any(gone => gone.Contains(span));

    /// <summary>The edit that leads from a version of which clang had nothing to say to another one; null if it changes something else as well.</summary>
    public static FileEdit? Between(FileOutline before, SourceText now)
    {
        var differences = LineDifference.Between(before.Text, now);
        var (changes, changed, outside) = (new List<ChangedRange>(), new HashSet<int>(), new List<ChangedRange>());
        for (var index = 0; index < differences.Length; index++)
        {
            var difference = differences[index];
            var trimmed = difference.Trimmed(before.Text, now);
            var (from, to) = (index > 0 ? differences[index - 1].Old.End : 0, index + 1 < differences.Length ? differences[index + 1].Old.Start : before.Text.Length);
            if (difference.Slides(before.Text, now).Where(slid => slid.Old.Start >= from && slid.Old.End <= to).Prepend(difference).FirstOrDefault(IsOutside) is { } whole && whole != default)
            {
                outside.Add(whole);
                changes.Add(whole);
            }
            else if (before.Parts.FirstOrDefault(part => part.Kind != OutlineKind.Arrival && part.Inside.Contains(trimmed.Old)) is var part && part != default)
            {
                _ = changed.Add(part.Number);
                changes.Add(trimmed);
            }
            else
            {
                return null;
            }

            if (Reaches(before.Text, changes[^1].Old) || Reaches(now, changes[^1].New))
            {
                return null;
            }
        }

        return new FileEdit(before, now, changes, changed, outside);

        bool IsOutside(ChangedRange change) =>
            LooksWhole(before.Text, change.Old) && LooksWhole(now, change.New)
            && before.Parts.All(part => change.Old.Contains(part.Span) || change.Old.End <= part.Span.Start || change.Old.Start >= part.Span.End);
    }

    /// <summary>True if a text may reach beyond the function that it stands in.</summary>
    public static bool Reaches(string text) => Array.Exists(Reaching, sign => text.Contains(sign, StringComparison.Ordinal));

    /// <summary>True for lines as a function or a comment at file level has them: they begin at the margin, and end a block or a comment.</summary>
    private static bool LooksWhole(SourceText text, TextSpan lines)
    {
        var content = text.Slice(lines).Trim('\n');
        return content.Length == 0 || (!char.IsWhiteSpace(content[0]) && content[0] != '}' && (content.EndsWith("\n}", StringComparison.Ordinal) || content.EndsWith("*/", StringComparison.Ordinal)));
    }

    private static bool Reaches(SourceText text, TextSpan span)
    {
        var start = text.PositionOf(span.Start);
        var isNothing = span.Length == 0 && start.Column == 1;
        var last = text.PositionOf(Math.Max(span.Start, span.End - 1)).Line;
        return (start.Line > 1 && text.Line(start.Line - 1).EndsWith('\\'))
            || (!isNothing && Enumerable.Range(start.Line, last - start.Line + 1).Any(line => Reaches(text.Line(line))));
    }
}
