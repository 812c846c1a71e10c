using System.Runtime.InteropServices;
using System.Text;
using ClangSharp.Interop;

namespace Review.Clang;

/// <summary>Text across the border to libclang.</summary>
internal static unsafe class NativeText
{
    /// <summary>The text of a CXString, which is disposed.</summary>
    public static string Take(CXString text)
    {
        var pointer = clang.getCString(text);
        var result = pointer is null ? "" : Marshal.PtrToStringUTF8((nint)pointer) ?? "";
        clang.disposeString(text);
        return result;
    }

    /// <summary>A zero-terminated UTF-8 copy in native memory; free it with <see cref="NativeMemory.Free"/>.</summary>
    public static sbyte* Copy(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var pointer = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(pointer, length));
        pointer[length] = 0;
        return (sbyte*)pointer;
    }
}
