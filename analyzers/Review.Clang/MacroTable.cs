using System.Collections.Immutable;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>The macro invocations of the file, and the definitions of all files, found by place.</summary>
internal sealed unsafe class MacroTable
{
    private readonly Dictionary<int, MacroInvocation> byStart = [];
    private readonly Dictionary<nint, List<(uint Start, uint End, CXCursor Definition)>> definitions = [];
    private readonly Dictionary<nint, string> names = [];

    public MacroTable(CXTranslationUnitImpl* unit, void* mainFile, FileTokens tokens)
    {
        foreach (var cursor in Cursors.Children(clang.getTranslationUnitCursor(unit)))
        {
            switch (clang.getCursorKind(cursor))
            {
                case CXCursorKind.CXCursor_MacroDefinition:
                    AddDefinition(cursor);
                    break;
                case CXCursorKind.CXCursor_MacroExpansion:
                    AddInvocation(cursor, mainFile, tokens);
                    break;
                case CXCursorKind.CXCursor_InclusionDirective:
                    break;
                default:
                    // The preprocessor's record comes first.
                    goto done;
            }
        }

    done:
        foreach (var list in definitions.Values)
        {
            list.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        }

        Invocations = [.. byStart.Values.OrderBy(static invocation => invocation.Span.Start)];
    }

    /// <summary>The invocations that the file spells, in source order. Of two at one place only the outer one is kept.</summary>
    public ImmutableArray<MacroInvocation> Invocations { get; }

    /// <summary>The outermost invocation that starts at an offset of the file.</summary>
    public MacroInvocation? StartingAt(int offset) => byStart.GetValueOrDefault(offset);

    /// <summary>The name of the macro whose definition spells a place, or null.</summary>
    public string? NameAt(nint file, uint offset)
    {
        if (!definitions.TryGetValue(file, out var list))
        {
            return null;
        }

        var low = 0;
        var high = list.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (start, end, definition) = list[middle];
            if (offset < start)
            {
                high = middle - 1;
            }
            else if (offset >= end)
            {
                low = middle + 1;
            }
            else
            {
                var key = (nint)definition.data.e0;
                if (!names.TryGetValue(key, out var name))
                {
                    names[key] = name = Cursors.Spelling(definition);
                }

                return name;
            }
        }

        return null;
    }

    private void AddDefinition(CXCursor cursor)
    {
        var extent = clang.getCursorExtent(cursor);
        void* file;
        uint start;
        uint end;
        clang.getSpellingLocation(clang.getRangeStart(extent), &file, null, null, &start);
        if (file is null)
        {
            return;
        }

        clang.getSpellingLocation(clang.getRangeEnd(extent), null, null, null, &end);
        if (!definitions.TryGetValue((nint)file, out var list))
        {
            definitions[(nint)file] = list = [];
        }

        list.Add((start, end, cursor));
    }

    private void AddInvocation(CXCursor cursor, void* mainFile, FileTokens tokens)
    {
        var extent = clang.getCursorExtent(cursor);
        void* file;
        uint start;
        uint end;
        clang.getFileLocation(clang.getRangeStart(extent), &file, null, null, &start);
        if (file != mainFile)
        {
            return;
        }

        clang.getFileLocation(clang.getRangeEnd(extent), null, null, null, &end);
        var span = new TextSpan((int)start, (int)end);
        if (byStart.TryGetValue(span.Start, out var known) && known.Span.Length >= span.Length)
        {
            return;
        }

        var isFunctionLike = clang.Cursor_isMacroFunctionLike(clang.getCursorReferenced(cursor)) != 0;
        byStart[span.Start] = new MacroInvocation(Cursors.Spelling(cursor), span, isFunctionLike, isFunctionLike ? tokens.ArgumentsOf(span.Start) : []);
    }
}
