using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>The macro invocations of the file, and the definitions of all files, found by place.</summary>
internal sealed unsafe class MacroTable
{
    private readonly Dictionary<int, MacroInvocation> byStart = [];
    private readonly Dictionary<nint, Definitions> definitions = [];
    private readonly void* mainFile;
    private readonly FileTokens tokens;
    private readonly HeaderIndex? header;
    private readonly Dictionary<nint, string> headerPaths = [];

    /// <summary>Reads the preprocessor's record, which libclang shows in front of the declarations of a translation unit.</summary>
    public MacroTable(ReadOnlySpan<CXCursor> topLevel, void* mainFile, FileTokens tokens, HeaderIndex? header)
    {
        this.mainFile = mainFile;
        this.tokens = tokens;
        this.header = header;
        foreach (var cursor in topLevel)
        {
            switch (cursor.kind)
            {
                case CXCursorKind.CXCursor_MacroDefinition:
                    AddDefinition(cursor);
                    break;
                case CXCursorKind.CXCursor_MacroExpansion:
                    AddInvocation(cursor);
                    break;
            }
        }

        Invocations = [.. byStart.Values.OrderBy(static invocation => invocation.Span.Start)];
    }

    /// <summary>The invocations that the file spells, in source order. Of two at one place only the outer one is kept.</summary>
    public ImmutableArray<MacroInvocation> Invocations { get; }

    /// <summary>The outermost invocation that starts at an offset of the file.</summary>
    public MacroInvocation? StartingAt(int offset) => byStart.GetValueOrDefault(offset);

    /// <summary>The invocations that stand inside a part of the file, in source order.</summary>
    public ImmutableArray<MacroInvocation> Inside(TextSpan span)
    {
        var inside = ImmutableArray.CreateBuilder<MacroInvocation>();
        for (var i = FirstFrom(span.Start); i < Invocations.Length && Invocations[i].Span.Start < span.End; i++)
        {
            if (span.Contains(Invocations[i].Span))
            {
                inside.Add(Invocations[i]);
            }
        }

        return inside.ToImmutable();
    }

    /// <summary>The definitions of the macros that the file invokes.</summary>
    public List<CXCursor> Invoked { get; } = [];

    /// <summary>The name of the macro whose definition spells a place, or null.</summary>
    public string? NameAt(nint file, uint offset) =>
        definitions.TryGetValue(file, out var ofFile) ? ofFile.NameAt(offset)
        : header is not null && file != 0 ? header.MacroAt(PathOf(file), offset)
        : null;

    /// <summary>The telling word that starts at a place of a header that is compiled already, see <see cref="HeaderIndex.WordAt"/>; null elsewhere.</summary>
    public string? WordAt(nint file, uint offset) => header?.WordAt(PathOf(file), offset);

    private string PathOf(nint file)
    {
        ref var path = ref CollectionsMarshal.GetValueRefOrAddDefault(headerPaths, file, out _);
        return path ??= NativeText.Take(clang.getFileName((void*)file));
    }

    private int FirstFrom(int offset)
    {
        var low = 0;
        var high = Invocations.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Invocations[middle].Span.Start < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void AddDefinition(CXCursor cursor)
    {
        void* file;
        uint start;
        clang.getSpellingLocation(clang.getCursorLocation(cursor), &file, null, null, &start);
        if (file is null)
        {
            return;
        }

        if (!definitions.TryGetValue((nint)file, out var ofFile))
        {
            definitions[(nint)file] = ofFile = new Definitions();
        }

        ofFile.Add(start, cursor);
    }

    private void AddInvocation(CXCursor cursor)
    {
        void* file;
        uint start;
        clang.getFileLocation(clang.getCursorLocation(cursor), &file, null, null, &start);
        if (file != mainFile)
        {
            return;
        }

        uint end;
        clang.getFileLocation(clang.getRangeEnd(clang.getCursorExtent(cursor)), null, null, null, &end);
        var span = new TextSpan((int)start, (int)end);
        if (byStart.TryGetValue(span.Start, out var known) && known.Span.Length >= span.Length)
        {
            return;
        }

        var definition = clang.getCursorReferenced(cursor);
        Invoked.Add(definition);
        var isFunctionLike = clang.Cursor_isMacroFunctionLike(definition) != 0;
        byStart[span.Start] = new MacroInvocation(Cursors.Spelling(cursor), span, isFunctionLike, isFunctionLike ? tokens.ArgumentsOf(span.Start) : []);
    }

    /// <summary>
    /// The macros that one file defines. A translation unit has some 15,000 of which a function names a hundred, so that
    /// only the starts are taken at once; the rest is asked for when a definition is looked at.
    /// </summary>
    private sealed class Definitions
    {
        private readonly List<uint> starts = [];
        private readonly List<CXCursor> cursors = [];
        private readonly Dictionary<int, (uint End, string Name)> looked = [];
        private uint[]? sortedStarts;
        private CXCursor[] sortedCursors = [];

        public void Add(uint start, CXCursor cursor)
        {
            starts.Add(start);
            cursors.Add(cursor);
        }

        public string? NameAt(uint offset)
        {
            if (sortedStarts is null)
            {
                sortedStarts = [.. starts];
                sortedCursors = [.. cursors];
                Array.Sort(sortedStarts, sortedCursors);
            }

            var index = Array.BinarySearch(sortedStarts, offset);
            index = index < 0 ? ~index - 1 : index;
            if (index < 0)
            {
                return null;
            }

            if (!looked.TryGetValue(index, out var definition))
            {
                uint end;
                clang.getSpellingLocation(clang.getRangeEnd(clang.getCursorExtent(sortedCursors[index])), null, null, null, &end);
                looked[index] = definition = (end, Cursors.Spelling(sortedCursors[index]));
            }

            return offset < definition.End ? definition.Name : null;
        }
    }
}
