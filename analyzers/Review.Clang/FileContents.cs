using System.Runtime.InteropServices;
using ClangSharp.Interop;

namespace Review.Clang;

/// <summary>The bytes of the files of a translation unit. libclang looks through all files and macro expansions of the unit for them, so it is asked once for each.</summary>
internal sealed unsafe class FileContents(CXTranslationUnitImpl* unit)
{
    private readonly Dictionary<nint, (nint Start, int Size)> known = [];

    /// <summary>The bytes of a file, valid as long as the translation unit is; empty for one that clang does not hold.</summary>
    public ReadOnlySpan<byte> Of(void* file)
    {
        ref var content = ref CollectionsMarshal.GetValueRefOrAddDefault(known, (nint)file, out var isKnown);
        if (!isKnown)
        {
            nuint size;
            var start = (nint)clang.getFileContents(unit, file, &size);
            content = (start, start == 0 ? 0 : (int)size);
        }

        return new ReadOnlySpan<byte>((void*)content.Start, content.Size);
    }
}
