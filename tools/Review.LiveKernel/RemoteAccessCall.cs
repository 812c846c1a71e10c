using Review.Model;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>Sixteen bytes moved by another way than an access of the process.</summary>
internal static class RemoteAccessCall
{
    private const ulong Count = 16;
    private const ulong LocalVector = Tracee.Scratch;
    private const ulong RemoteVector = Tracee.Scratch + 16;
    private const ulong Buffer = Tracee.Scratch + 32;
    private const ulong ReadWriteCloseOnExec = 0x80002;

    public static CallAnswer Perform(RemoteAccess way, Tracee process, ulong address)
    {
        const ulong letters = 0x5757575757575757; // "WWWWWWWW"
        ScenarioFiles.Words(process, Buffer, Count, address, Count, letters, letters);
        return way switch
        {
            RemoteAccess.VmReadv => WithFirstByte(process, process.Answer(SystemCall.ProcessVmReadv, (ulong)process.Pid, LocalVector, 1, RemoteVector, 1)),
            RemoteAccess.VmWritev => process.Answer(SystemCall.ProcessVmWritev, (ulong)process.Pid, LocalVector, 1, RemoteVector, 1),
            RemoteAccess.Vmsplice => Splice(process),
            RemoteAccess.ProcMemRead => OwnMemory(process, SystemCall.Pread64, address),
            _ => OwnMemory(process, SystemCall.Pwrite64, address),
        };
    }

    private static CallAnswer WithFirstByte(Tracee process, CallAnswer answer)
    {
        Span<byte> read = stackalloc byte[1];
        return answer.Errno == Errno.None && process.TryRead(Buffer, read) ? answer with { FirstByte = read[0] } : answer;
    }

    private static CallAnswer OwnMemory(Tracee process, SystemCall call, ulong address)
    {
        // The buffer lies behind the path that opens the file.
        var opened = process.Answer(SystemCall.Open, ScenarioFiles.Text(process, "/proc/self/mem"), ReadWriteCloseOnExec);
        if (opened.Errno != Errno.None)
        {
            return opened;
        }

        var answer = process.Answer(call, opened.Result, Buffer, Count, address);
        process.Call(SystemCall.Close, opened.Result);
        return call == SystemCall.Pread64 ? WithFirstByte(process, answer) : answer;
    }

    private static CallAnswer Splice(Tracee process)
    {
        const ulong pipe = Tracee.Scratch + 128;
        process.Call(SystemCall.Pipe, pipe);
        Span<byte> ends = stackalloc byte[8];
        process.TryRead(pipe, ends);
        var (readEnd, writeEnd) = (BitConverter.ToUInt32(ends), BitConverter.ToUInt32(ends[4..]));
        var answer = process.Answer(SystemCall.Vmsplice, writeEnd, RemoteVector, 1);
        process.Call(SystemCall.Close, readEnd);
        process.Call(SystemCall.Close, writeEnd);
        return answer;
    }
}
