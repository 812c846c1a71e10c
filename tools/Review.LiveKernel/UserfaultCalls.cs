using System.Buffers.Binary;
using Review.Model;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>The calls on a userfaultfd (userfaultfd(2), ioctl_userfaultfd(2)).</summary>
internal sealed class UserfaultCalls(Dictionary<string, long> descriptors)
{
    private const ulong Api = 0xaa;
    private const ulong ApiRequest = 0xc018aa3f;
    private const ulong RegisterRequest = 0xc020aa00;
    private const ulong UnregisterRequest = 0x8010aa01;
    private const ulong CopyRequest = 0xc028aa03;
    private const ulong ZeroPageRequest = 0xc020aa04;
    private const ulong ContinueRequest = 0xc020aa07;
    private const ulong WriteProtectRequest = 0xc018aa06;
    private const ulong CloseOnExecNonBlocking = 0x80800;
    private const ulong PageSize = 4096;
    private const ulong Message = Tracee.Scratch + 64;
    private const byte ForkEvent = 0x13;
    private const int MessageLength = 32;
    private const int EventTimeout = 3000;
    private const int NoEventTimeout = 100;
    private const int MonitorTimeout = 1;

    private static readonly EventAnswer NoEvent = new(UffdEvent.None, 0, 0);

    /// <summary>The descriptor, or minus the error number.</summary>
    public static long Open(Tracee process, UffdFeatures features)
    {
        var descriptor = process.Call(SystemCall.Userfaultfd, CloseOnExecNonBlocking);
        if (descriptor < 0)
        {
            return descriptor;
        }

        var result = process.Call(SystemCall.Ioctl, (ulong)descriptor, ApiRequest, ScenarioFiles.Words(process, Api, LinuxFlags.Of(features), 0));
        return result < 0 ? result : descriptor;
    }

    public Answer OnRange(Tracee process, RangeOperation operation, ulong address, ulong length) => operation switch
    {
        UffdRegister register => Control(process, register.Uffd, RegisterRequest, address, length, (ulong)register.Modes, 0),
        UffdUnregister unregister => Control(process, unregister.Uffd, UnregisterRequest, address, length),
        UffdZeroPage zero => Control(process, zero.Uffd, ZeroPageRequest, address, length, 0, 0),
        UffdContinue go => Control(process, go.Uffd, ContinueRequest, address, length, 0, 0),
        UffdWriteProtect protect => Control(process, protect.Uffd, WriteProtectRequest, address, length, protect.Protect ? 1UL : 0),
        _ => new NotPossible($"{OperationNames.Of(operation)} is not run on a kernel"),
    };

    public CallAnswer Copy(Tracee process, UffdCopy copy, ulong address)
    {
        var page = new byte[PageSize];
        Array.Fill(page, copy.Byte);
        process.Write(Tracee.Scratch + PageSize, page);
        return Control(process, copy.Uffd, CopyRequest, address, Tracee.Scratch + PageSize, PageSize, 0, 0);
    }

    public Answer Wait(Tracee process, string uffd) => Poll(process, uffd, EventTimeout) ? Done.Instance : new NotPossible("no event within 3 seconds");

    public Answer Read(Tracee process, UffdRead read)
    {
        var ready = Poll(process, read.Uffd, read.Expect.Event == UffdEvent.None ? NoEventTimeout : EventTimeout);
        if (!ready || ReadMessage(process, read.Uffd) is not { } message)
        {
            return NoEvent;
        }

        if (read.Name is { } name && message[0] == ForkEvent)
        {
            descriptors[name] = BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(8));
        }

        return AnswerOf(message);
    }

    /// <summary>Reads an event if one comes soon; otherwise null.</summary>
    public EventAnswer? ReadNext(Tracee process, string uffd) => Poll(process, uffd, MonitorTimeout) && ReadMessage(process, uffd) is { } message ? AnswerOf(message) : null;

    private byte[]? ReadMessage(Tracee process, string uffd)
    {
        if (process.Call(SystemCall.Read, Descriptor(uffd), Message, MessageLength) != MessageLength)
        {
            return null;
        }

        var message = new byte[MessageLength];
        process.TryRead(Message, message);
        return message;
    }

    // The number of the descriptor that a fork brings is nobody's business.
    private static EventAnswer AnswerOf(byte[] message) => new(
        message[0] switch
        {
            0x12 => UffdEvent.PageFault,
            ForkEvent => UffdEvent.Fork,
            0x14 => UffdEvent.Remap,
            0x15 => UffdEvent.Remove,
            _ => UffdEvent.Unmap,
        },
        message[0] == ForkEvent ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(8)),
        message[0] == ForkEvent ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(16)));

    private bool Poll(Tracee process, string uffd, int milliseconds)
    {
        const ulong pollIn = 1UL << 32;
        return process.Call(SystemCall.Poll, ScenarioFiles.Words(process, Descriptor(uffd) | pollIn), 1, (ulong)milliseconds) > 0;
    }

    private CallAnswer Control(Tracee process, string uffd, ulong request, params ReadOnlySpan<ulong> words) =>
        process.Answer(SystemCall.Ioctl, Descriptor(uffd), request, ScenarioFiles.Words(process, words));

    private ulong Descriptor(string name) => unchecked((uint)descriptors.GetValueOrDefault(name, -1));
}
