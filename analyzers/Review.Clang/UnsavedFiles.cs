using System.Runtime.InteropServices;
using ClangSharp.Interop;
using Review.Core.Source;

namespace Review.Clang;

/// <summary>Files that clang gets from memory in place of what is on disk, in native memory.</summary>
internal sealed unsafe class UnsavedFiles : IDisposable
{
    private readonly CXUnsavedFile* files;

    public UnsavedFiles(ParseRequest request)
    {
        ReadOnlySpan<SourceText> texts = [request.Compiled ?? request.Text, .. request.Others];
        files = (CXUnsavedFile*)NativeMemory.Alloc((nuint)texts.Length, (nuint)sizeof(CXUnsavedFile));
        foreach (var text in texts)
        {
            // An empty file still needs an address.
            var content = NativeMemory.Alloc((nuint)Math.Max(text.Length, 1));
            text.Bytes.CopyTo(new Span<byte>(content, text.Length));
            files[Count++] = new CXUnsavedFile { Filename = NativeText.Copy(request.PathOf(text)), Contents = (sbyte*)content, Length = (nuint)text.Length };
        }
    }

    /// <summary>The files, the main one first.</summary>
    public CXUnsavedFile* First => files;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public void Dispose()
    {
        for (var i = 0; i < Count; i++)
        {
            NativeMemory.Free(files[i].Filename);
            NativeMemory.Free(files[i].Contents);
        }

        NativeMemory.Free(files);
    }
}
