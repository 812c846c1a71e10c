using System.Text;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// Finds out where a node came from. libclang gives three places for a token: the file place
/// (of a macro's argument: where the argument stands), the expansion place (start of the outermost macro) and the
/// spelling place (in a macro's body: inside its definition). Which of them agree tells the kind.
/// </summary>
internal sealed unsafe class OriginReader(FileContents contents, MacroTable macros)
{
    /// <summary>How the words begin that tell what a node is that libclang does not name; see <see cref="FirstWord"/>.</summary>
    private static readonly byte[][] Telling =
        [.. new[] { "sizeof", "_Alignof", "__alignof", "alignof", "__attribute__", "__builtin_", "__atomic_", "__c11_atomic_" }.Select(Encoding.ASCII.GetBytes)];

    private readonly Dictionary<uint, Place> places = [];

    /// <summary>True for a word that somebody may look for who asks for the first word of a cursor.</summary>
    public static bool MayTell(ReadOnlySpan<byte> word)
    {
        foreach (var start in Telling)
        {
            if (word.StartsWith(start))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for functions of headers: nobody reports anything there, so that the places of their nodes are not looked up.</summary>
    public bool IsElsewhere { get; init; }

    private nint home;

    /// <summary>From here on everything that is read has to stand in one file: that in which a function begins.</summary>
    public void StayWith(CXCursor function)
    {
        void* file;
        clang.getFileLocation(clang.getRangeStart(clang.getCursorExtent(function)), &file, null, null, null);
        home = (nint)file;
    }

    /// <summary>What is read may stand in any file again.</summary>
    public void Leave() => home = 0;

    /// <summary>Where a cursor's tokens came from.</summary>
    public Origin Read(CXCursor cursor) => IsElsewhere ? default : Read(clang.getCursorExtent(cursor));

    /// <summary>Where the tokens of a cursor's extent came from.</summary>
    /// <exception cref="NotUnderstoodException">They are out of a file that is included in the middle of a function.</exception>
    public Origin Read(CXSourceRange extent)
    {
        if (IsElsewhere)
        {
            return default;
        }

        var place = PlaceOf(extent);
        if (home != 0 && place.File != 0 && place.File != home)
        {
            throw new NotUnderstoodException("a part of it stands in a file that is included there");
        }

        var last = OffsetOf(clang.getRangeEnd(extent));
        var end = macros.StartingAt(last) is { } ending ? ending.Span.End : last;
        var start = place.Offset;
        if (place.SpellingFile == place.ExpansionFile && place.Spelling == place.Expansion)
        {
            return new Origin(OriginKind.Spelled, Span(start, end));
        }

        var invocation = macros.StartingAt((int)place.Expansion);
        if (place.SpellingFile == place.File && place.Spelling == start)
        {
            var argument = Argument(invocation, start);
            return new Origin(OriginKind.MacroArgument, Span(start, end), invocation, null, argument);
        }

        var span = macros.StartingAt(start)?.Span ?? invocation?.Span ?? Span(start, end);
        span = span with { End = Math.Max(span.End, end) };
        return place.SpellingFile == 0 || macros.NameAt(place.SpellingFile, place.Spelling) is not { } name
            ? new Origin(OriginKind.Pasted, span, invocation)
            : new Origin(OriginKind.MacroBody, span, invocation, name);
    }

    /// <summary>
    /// The keyword or name that a cursor starts with, wherever it is spelled; empty if it starts with neither or is spelled nowhere.
    /// Read out of the file's bytes: libclang's own tokens come back empty for some places inside nested macro arguments.
    /// </summary>
    public string FirstWord(CXCursor cursor)
    {
        void* file;
        uint offset;
        clang.getSpellingLocation(clang.getRangeStart(clang.getCursorExtent(cursor)), &file, null, null, &offset);
        if (file is null)
        {
            return "";
        }

        if (macros.WordAt((nint)file, offset) is { } known)
        {
            return known;
        }

        var content = contents.Of(file);
        var start = (int)Math.Min(offset, (uint)content.Length);
        var end = start;
        while (end < content.Length && (char.IsAsciiLetterOrDigit((char)content[end]) || content[end] == (byte)'_'))
        {
            end++;
        }

        return Encoding.ASCII.GetString(content[start..end]);
    }

    /// <summary>What stands between two cursors in the file; empty where a macro makes them.</summary>
    public string TextBetween(CXCursor first, CXCursor second)
    {
        void* file;
        uint start;
        uint end;
        clang.getFileLocation(clang.getRangeEnd(clang.getCursorExtent(first)), &file, null, null, &start);
        clang.getFileLocation(clang.getRangeStart(clang.getCursorExtent(second)), null, null, null, &end);
        var content = contents.Of(file);
        return start < end && end <= content.Length ? Encoding.UTF8.GetString(content[(int)start..(int)end]) : "";
    }

    /// <summary>The three places of the start of a range. Nested expressions start at the same token, so that most are known already.</summary>
    private Place PlaceOf(CXSourceRange extent)
    {
        // The number is libclang's own name for a place in the translation unit: equal numbers are equal places.
        if (places.TryGetValue(extent.begin_int_data, out var known))
        {
            return known;
        }

        var first = clang.getRangeStart(extent);
        void* file;
        void* expansionFile;
        void* spellingFile;
        uint offset;
        uint expansion;
        uint spelling;
        clang.getFileLocation(first, &file, null, null, &offset);
        clang.getExpansionLocation(first, &expansionFile, null, null, &expansion);
        clang.getSpellingLocation(first, &spellingFile, null, null, &spelling);
        return places[extent.begin_int_data] = new Place((nint)file, (int)offset, (nint)expansionFile, expansion, (nint)spellingFile, spelling);
    }

    private static int OffsetOf(CXSourceLocation location)
    {
        uint offset;
        clang.getFileLocation(location, null, null, null, &offset);
        return (int)offset;
    }

    private static TextSpan Span(int start, int end) => new(start, Math.Max(start, end));

    private static int Argument(MacroInvocation? invocation, int offset)
    {
        if (invocation is not null)
        {
            foreach (var argument in invocation.Arguments)
            {
                if (argument.Span.Contains(offset))
                {
                    argument.MarkUsed();
                    return argument.Index;
                }
            }
        }

        return -1;
    }

    private readonly record struct Place(nint File, int Offset, nint ExpansionFile, uint Expansion, nint SpellingFile, uint Spelling);
}
