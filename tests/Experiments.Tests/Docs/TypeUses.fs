/// Which types of an assembly use which, read from what the compiler wrote: signatures, fields, attributes and code.
module Orchestrator.Experiments.Tests.Docs.TypeUses

open System
open System.Collections.Generic
open System.Reflection
open System.Reflection.Emit

let private everything =
    BindingFlags.Public
    ||| BindingFlags.NonPublic
    ||| BindingFlags.Instance
    ||| BindingFlags.Static
    ||| BindingFlags.DeclaredOnly

let private opCodes =
    dict [
        for field in typeof<OpCodes>.GetFields(BindingFlags.Public ||| BindingFlags.Static) do
            match field.GetValue null with
            | :? OpCode as code -> code.Value, code
            | _ -> ()
    ]

let private operandLength (il: byte array) at (code: OpCode) =
    match code.OperandType with
    | OperandType.InlineNone -> 0
    | OperandType.ShortInlineBrTarget
    | OperandType.ShortInlineI
    | OperandType.ShortInlineVar -> 1
    | OperandType.InlineVar -> 2
    | OperandType.InlineI8
    | OperandType.InlineR -> 8
    | OperandType.InlineSwitch -> 4 + 4 * BitConverter.ToInt32(il, at)
    | _ -> 4

/// The metadata tokens of types, fields and methods in a method's code.
let private tokens (il: byte array) =
    let rec from at =
        seq {
            if at < il.Length then
                let length = if il[at] = 0xFEuy then 2 else 1

                let code =
                    opCodes[if length = 1 then
                                int16 il[at]
                            else
                                int16 ((int il[at] <<< 8) ||| int il[at + 1])]

                let operand = at + length

                match code.OperandType with
                | OperandType.InlineField
                | OperandType.InlineMethod
                | OperandType.InlineTok
                | OperandType.InlineType -> BitConverter.ToInt32(il, operand)
                | _ -> ()

                yield! from (operand + operandLength il operand code)
        }

    from 0

let rec private parts (used: Type | null) : Type list =
    match used with
    | null -> []
    | used when used.HasElementType -> parts (used.GetElementType())
    | used when used.IsGenericParameter -> []
    | used when used.IsGenericType && not used.IsGenericTypeDefinition ->
        used.GetGenericTypeDefinition()
        :: (used.GetGenericArguments() |> List.ofArray |> List.collect parts)
    | used -> [ used ]

let private ofMember (used: MemberInfo | null) = [
    match used with
    | :? Type as used -> yield! parts used
    | null -> ()
    | used ->
        yield! parts used.DeclaringType

        match used with
        | :? MethodInfo as used when used.IsGenericMethod ->
            for argument in used.GetGenericArguments() do
                yield! parts argument
        | _ -> ()
]

let private ofCode (method: MethodBase) = [
    match method.GetMethodBody() with
    | null -> ()
    | body ->
        for local in body.LocalVariables do
            yield! parts local.LocalType

        let typeArguments =
            match method.DeclaringType with
            | null -> [||]
            | owner -> owner.GetGenericArguments()

        let methodArguments =
            if method.IsGenericMethod then
                method.GetGenericArguments()
            else
                [||]

        match body.GetILAsByteArray() with
        | null -> ()
        | il ->
            for token in tokens il do
                yield! ofMember (method.Module.ResolveMember(token, typeArguments, methodArguments))
]

let private ofAttributes (owner: MemberInfo) = [
    for attribute in owner.GetCustomAttributesData() do
        yield! parts attribute.AttributeType
]

let private ofSignature (method: MethodBase) = [
    for parameter in method.GetParameters() do
        yield! parts parameter.ParameterType

    match method with
    | :? MethodInfo as method -> yield! parts method.ReturnType
    | _ -> ()
]

let private ofType (user: Type) = [
    yield! parts user.BaseType
    yield! ofAttributes user

    for contract in user.GetInterfaces() do
        yield! parts contract

    for field in user.GetFields everything do
        yield! parts field.FieldType
        yield! ofAttributes field

    let methods =
        Seq.append
            (user.GetMethods everything |> Seq.map (fun method -> method :> MethodBase))
            (user.GetConstructors everything |> Seq.map (fun method -> method :> MethodBase))

    for method in methods do
        yield! ofSignature method
        yield! ofAttributes method
        yield! ofCode method
]

let rec private outermost (inner: Type) =
    match inner.DeclaringType with
    | null -> inner
    | outer -> outermost outer

/// Every pair of an assembly's types of which the first uses the second; what is nested counts as what holds it.
let within (assembly: Assembly) =
    let pairs = HashSet<struct (Type * Type)>()

    for user in assembly.GetTypes() do
        for used in ofType user do
            if used.Assembly = assembly then
                let user, used = outermost user, outermost used

                if user <> used then
                    pairs.Add(struct (user, used)) |> ignore

    [ for struct (user, used) in pairs -> user, used ]
