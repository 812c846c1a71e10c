using System.Buffers.Binary;
using System.Text;
using Review.Model;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>Makes the files of a scenario inside the traced process.</summary>
internal sealed class ScenarioFiles(string diskFolder)
{
    private const int PageSize = 4096;
    private const byte FirstByte = 0x21;
    private const ulong ReadWriteCreate = 0x2 | 0x40 | 0x80 | 0x80000; // O_RDWR O_CREAT O_EXCL O_CLOEXEC

    private static int made;

    /// <summary>Opens the file; a negative number is an error.</summary>
    public long Create(CreateFile file, Tracee process)
    {
        var descriptor = file.Kind switch
        {
            FileKind.Memfd => process.Call(SystemCall.MemfdCreate, Text(process, "mmreview"), 2), // MFD_ALLOW_SEALING
            FileKind.Secret => process.Call(SystemCall.MemfdSecret),
            FileKind.Tmpfs => Temporary(process, "/dev/shm"),
            _ => Temporary(process, diskFolder),
        };
        if (descriptor < 0)
        {
            return descriptor;
        }

        var filled = file.ZeroFilled
            ? process.Call(SystemCall.Ftruncate, (ulong)descriptor, (ulong)file.Pages * PageSize)
            : FillPages(process, descriptor, file.Pages);
        if (filled < 0)
        {
            return filled;
        }

        const ulong addSeals = 1033;
        const ulong sealWrite = 8;
        if (file.WriteSealed && process.Call(SystemCall.Fcntl, (ulong)descriptor, addSeals, sealWrite) is var result and < 0)
        {
            return result;
        }

        return file.ReadOnly ? process.Call(SystemCall.Open, Text(process, $"/proc/self/fd/{descriptor}")) : descriptor;
    }

    /// <summary>Puts a text, with its closing zero, into the scratch area.</summary>
    public static ulong Text(Tracee process, string text)
    {
        process.Write(Tracee.Scratch, Encoding.UTF8.GetBytes(text + "\0"));
        return Tracee.Scratch;
    }

    // A name that is taken away at once: the file goes with its last descriptor.
    private static long Temporary(Tracee process, string folder)
    {
        var name = $"{folder}/mmreview-{Environment.ProcessId}-{Interlocked.Increment(ref made)}";
        var descriptor = process.Call(SystemCall.Open, Text(process, name), ReadWriteCreate, 0x180);
        if (descriptor >= 0)
        {
            process.Call(SystemCall.Unlink, Tracee.Scratch);
        }

        return descriptor;
    }

    private static long FillPages(Tracee process, long descriptor, long pages)
    {
        var page = new byte[PageSize];
        for (var i = 0; i < pages; i++)
        {
            Array.Fill(page, unchecked((byte)(FirstByte + i)));
            process.Write(Tracee.Scratch, page);
            var written = process.Call(SystemCall.Pwrite64, (ulong)descriptor, Tracee.Scratch, PageSize, (ulong)i * PageSize);
            if (written != PageSize)
            {
                return written < 0 ? written : -(long)Errno.EIO;
            }
        }

        return 0;
    }

    /// <summary>Writes numbers of eight bytes into the scratch area.</summary>
    public static ulong Words(Tracee process, params ReadOnlySpan<ulong> words)
    {
        var bytes = new byte[words.Length * 8];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 8), words[i]);
        }

        process.Write(Tracee.Scratch, bytes);
        return Tracee.Scratch;
    }
}
