using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClangSharp.Interop;

namespace Review.Clang;

/// <summary>The files that a translation unit consists of: those that clang opened, and those of a precompiled header that the file's own includes lead to.</summary>
internal sealed unsafe class IncludeReader
{
    [ThreadStatic]
    private static List<nint>? opened;

    private readonly PrecompiledHeader? header;
    private readonly Dictionary<nint, bool> reachable = [];

    /// <param name="unit">The translation unit.</param>
    /// <param name="topLevel">Its cursors, the preprocessor's record among them.</param>
    /// <param name="header">The precompiled header that it took in; null for none.</param>
    public IncludeReader(CXTranslationUnitImpl* unit, ReadOnlySpan<CXCursor> topLevel, PrecompiledHeader? header)
    {
        this.header = header;
        Opened = [.. OpenedBy(unit).Distinct()];
        Paths = Opened.Select(static file => NativeText.Take(clang.getFileName((void*)file))).ToHashSet(StringComparer.Ordinal);
        if (header is not null)
        {
            var included = new List<string>(header.Forced);
            foreach (var cursor in topLevel)
            {
                if (cursor.kind == CXCursorKind.CXCursor_InclusionDirective && clang.getIncludedFile(cursor) is var file && file is not null)
                {
                    included.Add(NativeText.Take(clang.getFileName(file)));
                }
            }

            Paths.UnionWith(header.Index.Closure(included));
            _ = Paths.Remove(header.Header);
        }
    }

    /// <summary>The files that clang opened itself, in their order: handles.</summary>
    public ImmutableArray<nint> Opened { get; }

    /// <summary>As clang names them.</summary>
    public HashSet<string> Paths { get; }

    /// <summary>True if each of some declarations and macros is in one of the files, or in none at all.</summary>
    public bool LeadTo(IEnumerable<CXCursor> definitions) => header is null || definitions.All(IsReachable);

    private bool IsReachable(CXCursor definition)
    {
        void* file;
        clang.getFileLocation(clang.getCursorLocation(definition), &file, null, null, null);
        if (file is null)
        {
            return true;
        }

        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(reachable, (nint)file, out var exists);
        return exists ? known : known = Paths.Contains(NativeText.Take(clang.getFileName(file)));
    }

    private static List<nint> OpenedBy(CXTranslationUnitImpl* unit)
    {
        List<nint> files = opened = [];
        clang.getInclusions(unit, &Include, null);
        opened = null;
        return files;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Include(void* file, CXSourceLocation* stack, uint depth, void* data) => opened!.Add((nint)file);
}
