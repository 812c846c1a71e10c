using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Review.Cli.Trees;

/// <summary>
/// The few calls of the C library that .NET does not offer: what kind of file a name stands for (opening a fifo to find
/// out would block), hard links, and paths without links. See statx(2), link(2) and realpath(3).
/// </summary>
internal static unsafe partial class PosixFile
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const uint TypeModeSizeAndInode = 0x1 | 0x2 | 0x100 | 0x200;
    private const uint Links = 0x4;

    private const int NoSuchFile = 2;
    private const int FileExists = 17;
    private const int NotADirectory = 20;
    private const int NameTooLong = 36;

    /// <summary>Kind, size in bytes and inode number of a file, without following a link. A missing file is no error.</summary>
    public static (NodeKind Kind, long Size, ulong Inode) Status(string path)
    {
        // struct statx has the same layout on every architecture: number of links at 16, mode at 28, inode at 32, size at 40.
        var buffer = stackalloc byte[256];
        if (StatX(CurrentDirectory, path, DoNotFollow, TypeModeSizeAndInode, buffer) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is NoSuchFile or NotADirectory or NameTooLong ? default : throw new Win32Exception(error);
        }

        var kind = (*(ushort*)(buffer + 28) & 0xF000) switch
        {
            0x8000 => NodeKind.File,
            0x4000 => NodeKind.Directory,
            0xA000 => NodeKind.Link,
            _ => NodeKind.Other,
        };
        return (kind, *(long*)(buffer + 40), *(ulong*)(buffer + 32));
    }

    /// <summary>How many names a file has; 0 if it is not there.</summary>
    public static uint LinkCount(string file)
    {
        var buffer = stackalloc byte[256];
        return StatX(CurrentDirectory, file, DoNotFollow, Links, buffer) == 0 ? *(uint*)(buffer + 16) : 0;
    }

    /// <summary>
    /// Gives a file a second name. False if it is not there, or if the file system cannot add another name to it;
    /// true also if <paramref name="link"/> exists.
    /// </summary>
    public static bool TryLink(string file, string link) => Link(file, link) == 0 || Marshal.GetLastPInvokeError() == FileExists;

    /// <summary>The absolute path of an existing file or folder without links.</summary>
    public static string RealPath(string path)
    {
        var result = RealPath(path, null);
        if (result == null)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        var text = Marshal.PtrToStringUTF8((nint)result)!;
        NativeMemory.Free(result);
        return text;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string link);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial byte* RealPath(string path, byte* buffer);
}
