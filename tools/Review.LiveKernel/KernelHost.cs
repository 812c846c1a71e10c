using System.Runtime.InteropServices;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>
/// The process that all machines are forked from: making one costs a fork. A <see cref="KernelUnavailableException"/> says why
/// the kernel of this machine cannot be asked.
/// </summary>
internal sealed class KernelHost : IDisposable
{
    private const ulong PageSize = 4096;

    private readonly Tracee template;
    private readonly OneProcessor processor;

    private KernelHost(Tracee template, OneProcessor processor, string diskFolder)
    {
        this.template = template;
        this.processor = processor;
        Files = new ScenarioFiles(diskFolder);
        ZeroFrame = LearnZeroFrame();
    }

    public ScenarioFiles Files { get; }

    /// <summary>The frame number of the zero page, or 0 if page frames are not shown to this user, or if there is no zero page: a hypervisor may forbid it.</summary>
    public ulong ZeroFrame { get; }

    public static KernelHost Open()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new KernelUnavailableException("processes are driven with registers and system call numbers of Linux on x86-64");
        }

        var pinned = new OneProcessor();
        try
        {
            return new KernelHost(Tracee.Start(), pinned, DiskFolder.Find());
        }
        catch (TraceeLostException lost)
        {
            pinned.Dispose();
            throw new KernelUnavailableException($"no process can be traced here: {lost.Message}");
        }
    }

    public Tracee NewProcess() => template.Fork();

    /// <summary>Makes a system call in a process of its own and gives its result or minus the error number.</summary>
    public long Try(Func<Tracee, long> call)
    {
        using var process = NewProcess();
        return call(process);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        template.Dispose();
        processor.Dispose();
    }

    /// <summary>The frame that two readers of untouched memory get; 0 if no frames are shown, or if each gets one of its own.</summary>
    private ulong LearnZeroFrame()
    {
        using var process = NewProcess();
        process.Call(SystemCall.Mmap, ScenarioNames.Arena, 2 * PageSize, 1, 0x32, ulong.MaxValue);
        process.ReadByte(ScenarioNames.Arena);
        process.ReadByte(ScenarioNames.Arena + PageSize);
        var entries = process.PageMap(ScenarioNames.Arena, 2);
        var (one, other) = (PageStateReader.FrameOf(entries[0]), PageStateReader.FrameOf(entries[1]));
        return one == other ? one : 0;
    }
}

/// <summary>Why the kernel of this machine cannot be asked.</summary>
public sealed class KernelUnavailableException(string message) : Exception(message);
