namespace Review.Witness.Interpretation;

/// <summary>The machine: executes instructions.</summary>
internal sealed partial class Execution
{
    /// <summary>Goes on until the entry function returns, a bound function wants the thread to stop, or nothing more can be done.</summary>
    /// <param name="world">What is around the code.</param>
    /// <param name="bound">Instructions that the whole run may take.</param>
    public Stop Run(IWorld world, int bound)
    {
        try
        {
            return Execute(world, bound);
        }
        catch (StopException stop)
        {
            return new Stop(stop.Kind, stop.Message, Violation: stop.Violation);
        }
        catch (OverflowException)
        {
            return new Stop(StopKind.Needs, "an object larger than memory");
        }
    }

    private Stop Execute(IWorld world, int bound)
    {
        var frame = frames[^1];
        // A copied execution has copied locals.
        frame.Locals = Memory.Bytes(frame.Address);
        while (true)
        {
            if (++Steps > bound)
            {
                frames[^1] = frame;
                return new Stop(StopKind.OutOfSteps);
            }

            if (frame.Marks is { } marks)
            {
                marks.Executed[frame.Pc] = true;
                Passed |= marks.Points[frame.Pc];
            }

            ref readonly var instruction = ref frame.Code.Code.ItemRef(frame.Pc);
            if (frame.Marks?.Turned is { } turned && turned.From == frame.Pc)
            {
                top--;
                frame.Pc = turned.To;
                continue;
            }

            switch (instruction.Opcode)
            {
                case Opcode.Constant:
                    Push(Value.Of(instruction.Number));
                    break;
                case Opcode.Undefined:
                    Push(Value.Undefined);
                    break;
                case Opcode.LocalAddress:
                    Push(Value.Of((long)frame.Address + instruction.Number));
                    break;
                case Opcode.FunctionAddress:
                    Push(Value.Of((long)Memory.AddressOf((CallTarget)instruction.Target!)));
                    break;
                case Opcode.VariableAddress or Opcode.StringAddress:
                {
                    frames[^1] = frame;
                    var address = AddressOf(world, (Variable)instruction.Target!, out var isFilled);
                    if (!isFilled)
                    {
                        // The variable's initial value comes first; then this instruction again.
                        frame = frames[^1];
                        continue;
                    }

                    Push(Value.Of((long)address));
                    break;
                }

                case Opcode.LoadLocal:
                    Push(Extend(Memory.Read(frame.Locals, (int)instruction.Number, instruction.A), instruction.A, instruction.B != 0));
                    break;
                case Opcode.Load:
                    frames[^1] = frame;
                    Load(world, instruction);
                    break;
                case Opcode.LoadBits:
                    frames[^1] = frame;
                    LoadBits(world, instruction);
                    break;
                case Opcode.Store:
                    frames[^1] = frame;
                    Store(world, instruction);
                    break;
                case Opcode.StoreBits:
                    frames[^1] = frame;
                    StoreBits(instruction);
                    break;
                case Opcode.Copy:
                    frames[^1] = frame;
                    top--;
                    Memory.Copy(Address(stack[top - 1]), Address(stack[top]), (int)instruction.Number);
                    break;
                case Opcode.Clear:
                    top--;
                    Memory.Fill(Address(stack[top]), instruction.A, 0);
                    break;
                case Opcode.Forget:
                    frame.Locals.AsSpan((frame.Locals.Length / 2) + (int)instruction.Number, instruction.A).Clear();
                    break;
                case Opcode.Offset:
                    stack[top - 1] = stack[top - 1] with { Bits = stack[top - 1].Bits + instruction.Number };
                    break;
                case Opcode.NeedForeign when Memory.ForeignAt((ulong)stack[top - 1].Bits) is null:
                    frames[^1] = frame;
                    throw StopException.Needs((string)instruction.Target!);
                case Opcode.NeedForeign:
                    break;
                case Opcode.Duplicate:
                    Push(stack[top - 1]);
                    break;
                case Opcode.Swap:
                    (stack[top - 1], stack[top - 2]) = (stack[top - 2], stack[top - 1]);
                    break;
                case Opcode.Pop:
                    top--;
                    break;
                case >= Opcode.Add and <= Opcode.NotEqual:
                    top--;
                    stack[top - 1] = Arithmetic.Binary(instruction.Opcode, new Scalar(instruction.A, instruction.B != 0), stack[top - 1], stack[top]);
                    break;
                case Opcode.Negate:
                    stack[top - 1] = stack[top - 1] with { Bits = unchecked(-stack[top - 1].Bits) };
                    break;
                case Opcode.Complement:
                    stack[top - 1] = stack[top - 1] with { Bits = ~stack[top - 1].Bits };
                    break;
                case Opcode.Not:
                    stack[top - 1] = stack[top - 1] with { Bits = stack[top - 1].Bits == 0 ? 1 : 0 };
                    break;
                case Opcode.Convert:
                    stack[top - 1] = Extend(stack[top - 1], instruction.A, instruction.B != 0);
                    break;
                case Opcode.ConvertToBool:
                    stack[top - 1] = stack[top - 1] with { Bits = stack[top - 1].Bits == 0 ? 0 : 1 };
                    break;
                case Opcode.Jump:
                    top = frame.Bottom + instruction.B;
                    frame.Pc = instruction.A;
                    continue;
                case Opcode.JumpIfZero or Opcode.JumpIfNotZero:
                    frames[^1] = frame;
                    if (Truth(stack[--top]) == (instruction.Opcode == Opcode.JumpIfNotZero))
                    {
                        frame.Pc = instruction.A;
                        continue;
                    }

                    break;
                case Opcode.Switch:
                    frames[^1] = frame;
                    frame.Pc = Choose((SwitchTable)instruction.Target!, stack[--top]);
                    continue;
                case Opcode.Call or Opcode.CallAddress:
                    frames[^1] = frame;
                    if (Call(world, instruction))
                    {
                        frame = frames[^1];
                        continue;
                    }

                    if (Pending is not null)
                    {
                        return new Stop(StopKind.Waiting);
                    }

                    break;
                case Opcode.Mark:
                    frames[^1] = frame;
                    world.Pass(this, (CallTarget)instruction.Target!);
                    break;
                case Opcode.Builtin:
                    frames[^1] = frame;
                    top -= instruction.A;
                    Push(Value.Of(((Builtin)instruction.Target!).Evaluate(Memory, stack.AsSpan(top, instruction.A))));
                    break;
                case Opcode.Return when frame.Serves is { } call:
                    CallBack(call, frame);
                    return new Stop(StopKind.Waiting);
                case Opcode.Return:
                    if (Return() is { } result)
                    {
                        return new Stop(StopKind.Returned, Result: result);
                    }

                    frame = frames[^1];
                    continue;
                case Opcode.Unknown:
                    frames[^1] = frame;
                    throw StopException.Needs((string)instruction.Target!);
                case Opcode.Warning:
                    frames[^1] = frame;
                    world.Warn((string)instruction.Target!);
                    break;
                case Opcode.Forbidden:
                    frames[^1] = frame;
                    throw StopException.Violates(ViolationKind.Warning, (string)instruction.Target!);
                default:
                    throw new InvalidOperationException($"instruction {instruction.Opcode}");
            }

            frame.Pc++;
        }
    }

    private static Value Extend(Value value, int size, bool isSigned) => value with { Bits = new Scalar(size, isSigned).Extend(value.Bits) };

    private bool Truth(Value value) => value.IsDefined ? value.Bits != 0 : throw StopException.Violates(ViolationKind.Memory, $"{Function}() decides by a value that was never set");

    private ulong Address(Value value) => value.IsDefined ? (ulong)value.Bits : throw StopException.Violates(ViolationKind.Memory, $"{Function}() follows a pointer that was never set");

    private int Choose(SwitchTable table, Value subject)
    {
        _ = Truth(subject);
        foreach (var (low, high, pc) in table.Cases)
        {
            if (subject.Bits >= low && subject.Bits <= high)
            {
                return pc;
            }
        }

        return table.Default;
    }

    private ulong AddressOf(IWorld world, Variable variable, out bool isFilled)
    {
        isFilled = true;
        if (variables.TryGetValue(variable, out var address))
        {
            return address;
        }

        if (!variable.IsDefined)
        {
            address = world.AddressOf(this, variable.Name) ?? throw StopException.Needs($"the variable {variable.Name}");
        }
        else
        {
            address = Memory.Allocate(variable.Size, variable.Name, isZero: true);
            if (variable.Initializer is { } code)
            {
                isFilled = false;
                Push(Value.Of((long)address));
                Enter(code, 1, isInitializer: true, result: 0);
            }
        }

        variables[variable] = address;
        return address;
    }

    private void Load(IWorld world, in Instruction instruction)
    {
        var address = Address(stack[top - 1]);
        var value = Memory.ForeignAt(address) is { } target
            ? world.Load(this, target, (string)instruction.Target!, OffsetIn(target, address))
            : Memory.Load(address, instruction.A);
        stack[top - 1] = Extend(value, instruction.A, instruction.B != 0);
    }

    private void LoadBits(IWorld world, in Instruction instruction)
    {
        var address = Address(stack[top - 1]);
        if (Memory.ForeignAt(address) is { } target)
        {
            stack[top - 1] = world.Load(this, target, (string)instruction.Target!, OffsetIn(target, address));
            return;
        }

        var value = Memory.Load(address, (instruction.A + instruction.B + 7) / 8);
        stack[top - 1] = value with { Bits = Arithmetic.Field(value.Bits >>> instruction.A, instruction.B, instruction.Number != 0) };
    }

    private void Store(IWorld world, in Instruction instruction)
    {
        var value = stack[--top];
        var address = Address(stack[top - 1]);
        if (Memory.ForeignAt(address) is { } target)
        {
            world.Store(this, target, (string?)instruction.Target ?? "", OffsetIn(target, address), value);
        }
        else
        {
            Memory.Store(address, instruction.A, value);
        }

        stack[top - 1] = value;
    }

    private void StoreBits(in Instruction instruction)
    {
        var value = stack[--top];
        Memory.StoreBits(Address(stack[top - 1]), instruction.A, instruction.B, value.Bits);
        stack[top - 1] = value with { Bits = Arithmetic.Field(value.Bits, instruction.B, instruction.Number != 0) };
    }

    private int OffsetIn(ForeignObject target, ulong address) => (int)(address - Memory.AddressOf(target));

    /// <summary>Calls a function whose arguments are on the stack; true if its body is executed next.</summary>
    private bool Call(IWorld world, in Instruction instruction)
    {
        var count = instruction.A;
        var target = instruction.Target as CallTarget;
        if (target is null)
        {
            var address = Address(stack[top - count - 1]);
            target = program.FunctionAt(address)
                ?? throw (address == 0 ? StopException.Violates(ViolationKind.NullPointer, "calls through a null pointer") : StopException.Needs($"the function at 0x{address:x}"));
        }

        if (!world.Binds(target.Name) && target.Code is { } code)
        {
            var result = instruction.B > 0 ? (long)frames[^1].Address + instruction.Number : 0;
            world.Enter(this, target, stack.AsSpan(top - count, count));
            Enter(code, count, isInitializer: false, result);
            DropCallee(instruction);
            return true;
        }

        var arguments = stack.AsSpan(top - count, count);
        foreach (var argument in arguments)
        {
            if (!argument.IsDefined)
            {
                throw StopException.Violates(ViolationKind.Memory, $"a value that was never set is handed to {target.Name}()");
            }
        }

        var value = world.Call(this, target, arguments);
        if (value is null)
        {
            Pending = new PendingCall(target, arguments.ToArray());
        }

        top -= count;
        DropCallee(instruction);
        if (value is { } known)
        {
            PushResult(instruction, known);
        }

        return false;
    }

    /// <summary>Leaves the result of a bound call: a number, or the bytes of a small structure in the place that the caller has for it.</summary>
    private void PushResult(in Instruction instruction, Value value)
    {
        if (instruction.B > 0)
        {
            var place = frames[^1].Address + (ulong)instruction.Number;
            Memory.Store(place, instruction.B <= sizeof(long) ? instruction.B : throw StopException.Needs("a larger structure from a function of the kernel"), value);
            value = Value.Of((long)place);
        }

        Push(value);
    }

    /// <summary>Leaves a function that a bound one has called: that one goes on.</summary>
    private void CallBack(PendingCall call, Frame frame)
    {
        Pending = call with { Answer = stack[top - 1] };
        frames.RemoveAt(frames.Count - 1);
        Memory.Free(frame.Address);
        top = frame.Bottom;
    }

    /// <summary>Takes the function's address, which lies below the arguments that are gone.</summary>
    private void DropCallee(in Instruction instruction)
    {
        if (instruction.Opcode == Opcode.CallAddress)
        {
            top--;
            if (frames[^1].Bottom > top)
            {
                frames[^1] = frames[^1].On(top);
            }
        }
    }

    /// <summary>Leaves a function; its result if it was the entry.</summary>
    private Value? Return()
    {
        var value = stack[top - 1];
        var frame = frames[^1];
        frames.RemoveAt(frames.Count - 1);
        if (frame.Result != 0)
        {
            var size = frames[^1].Code.Code[frames[^1].Pc].B;
            Memory.Copy((ulong)frame.Result, Address(value), size);
            value = Value.Of(frame.Result);
        }

        Memory.Free(frame.Address);
        top = frame.Bottom;
        if (frames.Count == 0)
        {
            return value;
        }

        var caller = frames[^1];
        caller.Locals = Memory.Bytes(caller.Address);
        if (!frame.IsInitializer)
        {
            Push(value);
            caller.Pc++;
        }

        frames[^1] = caller;
        return null;
    }
}
