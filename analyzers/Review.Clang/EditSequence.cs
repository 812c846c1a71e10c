using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// Edits that follow each other, each inside another function: one compilation of the last version shows what every version has in the function that it edits, for what stands
/// outside of functions means the same in all of them.
/// </summary>
internal sealed class EditSequence
{
    /// <summary>So many versions of a file are made at once; their trees are held until somebody asks for them.</summary>
    private const int MaximumEdits = 8;

    private EditSequence(ImmutableArray<FunctionEdit> edits) => Edits = edits;

    /// <summary>The edits in their order.</summary>
    public ImmutableArray<FunctionEdit> Edits { get; }

    /// <summary>The version behind the last edit.</summary>
    public SourceText Text => Last.Text;

    private FileOutline Last => Edits[^1].After;

    /// <summary>The edits that lead from a version of which clang had nothing to say to another one and on to those that follow it; null if something else than one function differs.</summary>
    /// <param name="before">The version before.</param>
    /// <param name="now">The next version.</param>
    /// <param name="following">The versions behind that one, as many as are known.</param>
    public static EditSequence? Between(TranslationUnit before, SourceText now, IEnumerable<SourceText> following)
    {
        if (FunctionEdit.Between(FileOutline.Of(before), now) is not { } first)
        {
            return null;
        }

        var edits = new List<FunctionEdit> { first };
        foreach (var version in following.Take(first.IsEmpty ? 0 : MaximumEdits - 1))
        {
            if (FunctionEdit.Between(edits[^1].After, version) is not { IsEmpty: false } edit || edits.Exists(earlier => earlier.Function == edit.Function))
            {
                break;
            }

            edits.Add(edit);
        }

        return new EditSequence([.. edits]);
    }

    /// <summary>
    /// The last version with nothing in the bodies of the functions that nobody edits: the same bytes at the same places else. A body with a directive stays, for what follows may
    /// need it.
    /// </summary>
    public SourceText WithoutOtherBodies()
    {
        var bytes = Text.Bytes.ToArray();
        foreach (var body in Last.Functions.Where((_, index) => Edits.All(edit => edit.Function != index)).Select(static function => function.Inside))
        {
            if (!FunctionEdit.Reaches(Text.Slice(body)))
            {
                foreach (ref var one in bytes.AsSpan(body.Start, body.Length))
                {
                    one = one == (byte)'\n' ? one : (byte)' ';
                }
            }
        }

        return new SourceText(Text.Path, bytes);
    }

    /// <summary>Where in the last version the function of an edit stands.</summary>
    public TextSpan InLast(FunctionEdit edit) => Last.Functions[edit.Function].Span;

    /// <summary>Where in the last version something is that the version before all edits has; of what is edited, what became of it.</summary>
    public TextSpan InLast(TextSpan span) => Edits.Aggregate(span, static (moved, edit) => edit.Move.Of(moved));

    /// <summary>True if an offset of the last version is in one of the functions that are edited.</summary>
    public bool Contains(int offset) => Edits.Any(edit => InLast(edit).Contains(offset));
}
