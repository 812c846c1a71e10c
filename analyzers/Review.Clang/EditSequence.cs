using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// Edits that follow each other, each of other functions: one compilation of the last version shows what every version has in the functions that it edits, for what stands outside of
/// functions means the same in all of them.
/// </summary>
internal sealed class EditSequence
{
    /// <summary>So many versions of a file are made at once; their trees are held until somebody asks for them.</summary>
    private const int MaximumEdits = 8;

    private EditSequence(ImmutableArray<FileEdit> edits) => Edits = edits;

    /// <summary>The edits in their order.</summary>
    public ImmutableArray<FileEdit> Edits { get; }

    /// <summary>The version behind the last edit.</summary>
    public SourceText Text => Last.Text;

    private FileOutline Last => Edits[^1].After;

    /// <summary>The edits that lead from a version of which clang had nothing to say to another one and on to those that follow it; null if something else differs.</summary>
    /// <param name="before">The version before.</param>
    /// <param name="now">The next version.</param>
    /// <param name="following">The versions behind that one, as many as are known.</param>
    public static EditSequence? Between(TranslationUnit before, SourceText now, IEnumerable<SourceText> following)
    {
        if (FileEdit.Between(FileOutline.Of(before), now) is not { } first)
        {
            return null;
        }

        var edits = new List<FileEdit> { first };
        foreach (var version in following.Take(first.IsEmpty ? 0 : MaximumEdits - 1))
        {
            if (FileEdit.Between(edits[^1].After, version) is not { IsEmpty: false } edit || edits.Exists(earlier => earlier.Numbers.Overlaps(edit.Numbers)))
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
        foreach (var body in Last.Parts.Where(part => part.Kind == OutlineKind.Function && Edits.All(edit => !edit.Numbers.Contains(part.Number))).Select(static function => function.Inside))
        {
            if (!FileEdit.Reaches(Text.Slice(body)))
            {
                foreach (ref var one in bytes.AsSpan(body.Start, body.Length))
                {
                    one = one == (byte)'\n' ? one : (byte)' ';
                }
            }
        }

        return new SourceText(Text.Path, bytes);
    }

    /// <summary>Where in the last version a part of an earlier one stands that no later edit changes.</summary>
    public TextSpan InLast(OutlinePart part) => Last.Parts.First(one => one.Number == part.Number).Span;

    /// <summary>Where in the last version something is that the version before all edits has, or what became of it; null if it is gone.</summary>
    public TextSpan? InLast(TextSpan span)
    {
        foreach (var edit in Edits)
        {
            if (edit.Removes(span))
            {
                return null;
            }

            span = edit.Move.Of(span);
        }

        return span;
    }

    /// <summary>True if an offset of the last version is in something that is edited or came.</summary>
    public bool Contains(int offset) => Edits.Any(edit => edit.Changed.Concat(edit.Came).Any(part => InLast(part).Contains(offset)));
}
