import type { AnyNode, Identifier, ImportExpression, Pattern, Program } from "acorn";
import { declaredBy, hoistedVars, patternNames, variablesOf } from "./declared-names.ts";
import { children } from "./syntax.ts";

/** What the names of a cell are: those it declares at its top level, and those it takes from outside. */
export interface Names {
  /** Top-level names other cells may use, imports among them, with the offset of their declaration. */
  readonly declared: ReadonlyMap<string, number>;
  /** Names the cell reads or writes and declares nowhere, with the offset of their first mention. */
  readonly free: ReadonlyMap<string, number>;
  /** Free names the cell assigns to, with the offset of the first assignment. */
  readonly written: ReadonlyMap<string, number>;
  /** Calls and tagged templates of a free name, such as `sql` and `table`, in order. */
  readonly calls: readonly FreeCall[];
  /** Each `import(…)`. */
  readonly imports: readonly ImportExpression[];
}

/** A call or tagged template whose callee is a free name. */
export type FreeCall = NodeOf<"CallExpression" | "TaggedTemplateExpression">;

type NodeOf<Type extends AnyNode["type"]> = Extract<AnyNode, { type: Type }>;
type Visitors = { readonly [Type in AnyNode["type"]]?: (node: NodeOf<Type>, scope: Scope) => void };

/** The names of a program: every scope is resolved, so that only top-level declarations and free names are left. */
export function namesOf(program: Program): Names {
  const declared = new Map<string, number>();
  for (const statement of program.body) {
    // What `using` declares is disposed of when the cell ends, so no other cell may have it.
    if (statement.type === "VariableDeclaration" && statement.kind.endsWith("using")) continue;
    for (const name of declaredBy(statement)) declared.set(name.name, name.start);
  }
  const walk = new ScopeWalk();
  walk.block(program.body, new Scope(null, hoistedVars(program.body)));
  return { declared, free: walk.free, written: walk.written, calls: walk.calls, imports: walk.imports };
}

class Scope {
  readonly #names = new Set<string>();

  constructor(
    readonly parent: Scope | null,
    names: Iterable<Identifier>,
  ) {
    this.add(names);
  }

  add(names: Iterable<Identifier>): void {
    for (const { name } of names) this.#names.add(name);
  }

  has(name: string): boolean {
    return this.#names.has(name) || (this.parent?.has(name) ?? false);
  }
}

class ScopeWalk {
  readonly free = new Map<string, number>();
  readonly written = new Map<string, number>();
  readonly calls: FreeCall[] = [];
  readonly imports: ImportExpression[] = [];

  /** Declares in `scope` what the statements declare, then walks them. */
  block(body: readonly AnyNode[], scope: Scope): void {
    for (const statement of body) scope.add(declaredBy(statement));
    this.#all(body, scope);
  }

  readonly #visitors: Visitors = {
    Identifier: (node, scope) => {
      if (!scope.has(node.name) && !this.free.has(node.name)) this.free.set(node.name, node.start);
    },
    ImportDeclaration: () => undefined,
    BreakStatement: () => undefined,
    ContinueStatement: () => undefined,
    MetaProperty: () => undefined,
    LabeledStatement: (node, scope) => this.#walk(node.body, scope),
    MemberExpression: (node, scope) =>
      this.#all(node.computed ? [node.object, node.property] : [node.object], scope),
    Property: (node, scope) => this.#member(node, scope),
    MethodDefinition: (node, scope) => this.#member(node, scope),
    PropertyDefinition: (node, scope) => this.#member(node, scope),
    AssignmentExpression: (node, scope) => {
      this.#write(node.left, scope);
      this.#all([node.left, node.right], scope);
    },
    UpdateExpression: (node, scope) => {
      this.#write(node.argument as Pattern, scope);
      this.#walk(node.argument, scope);
    },
    CallExpression: (node, scope) => this.#call(node, node.callee, scope),
    TaggedTemplateExpression: (node, scope) => this.#call(node, node.tag, scope),
    ImportExpression: (node, scope) => {
      this.imports.push(node);
      this.#walk(node.source, scope);
    },
    ForStatement: (node, scope) => this.#loop(node, node.init, scope),
    ForInStatement: (node, scope) => this.#loop(node, node.left, scope),
    ForOfStatement: (node, scope) => this.#loop(node, node.left, scope),
    FunctionDeclaration: (node, scope) => this.#function(node, scope),
    FunctionExpression: (node, scope) => this.#function(node, scope),
    ArrowFunctionExpression: (node, scope) => this.#function(node, scope),
    ClassDeclaration: (node, scope) =>
      this.#all(children<AnyNode>(node), new Scope(scope, node.id ? [node.id] : [])),
    ClassExpression: (node, scope) =>
      this.#all(children<AnyNode>(node), new Scope(scope, node.id ? [node.id] : [])),
    BlockStatement: (node, scope) => this.block(node.body, new Scope(scope, [])),
    StaticBlock: (node, scope) => this.block(node.body, new Scope(scope, hoistedVars(node.body))),
    SwitchStatement: (node, scope) => {
      this.#walk(node.discriminant, scope);
      const tests = node.cases.flatMap((branch) => branch.test ?? []);
      const inner = new Scope(scope, []);
      this.block(
        node.cases.flatMap((branch) => branch.consequent),
        inner,
      );
      this.#all(tests, inner);
    },
    CatchClause: (node, scope) =>
      this.#all(children<AnyNode>(node), new Scope(scope, node.param ? patternNames(node.param) : [])),
  };

  #walk(node: AnyNode, scope: Scope): void {
    const visit = this.#visitors[node.type] as ((node: AnyNode, scope: Scope) => void) | undefined;
    if (visit) visit(node, scope);
    else this.#all(children<AnyNode>(node), scope);
  }

  #all(nodes: readonly AnyNode[], scope: Scope): void {
    for (const node of nodes) this.#walk(node, scope);
  }

  #member(node: NodeOf<"Property" | "MethodDefinition" | "PropertyDefinition">, scope: Scope): void {
    if (node.computed) this.#walk(node.key, scope);
    if (node.value) this.#walk(node.value, scope);
  }

  #call(node: FreeCall, callee: AnyNode, scope: Scope): void {
    if (callee.type === "Identifier" && !scope.has(callee.name)) this.calls.push(node);
    this.#all(children<AnyNode>(node), scope);
  }

  #loop(
    node: NodeOf<"ForStatement" | "ForInStatement" | "ForOfStatement">,
    head: AnyNode | null | undefined,
    scope: Scope,
  ): void {
    const declares = head?.type === "VariableDeclaration";
    if (head && !declares && node.type !== "ForStatement") this.#write(head as Pattern, scope);
    this.#all(children<AnyNode>(node), new Scope(scope, declares ? variablesOf(head) : []));
  }

  #function(
    node: NodeOf<"FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression">,
    scope: Scope,
  ): void {
    const own = node.type === "ArrowFunctionExpression" ? scope : new Scope(scope, [argumentsOf]);
    const inner = new Scope(own, [...(node.id ? [node.id] : []), ...node.params.flatMap(patternNames)]);
    if (node.body.type === "BlockStatement") inner.add(hoistedVars(node.body.body));
    this.#all([...node.params, node.body], inner);
  }

  #write(target: Pattern, scope: Scope): void {
    for (const { name, start } of patternNames(target))
      if (!scope.has(name) && !this.written.has(name)) this.written.set(name, start);
  }
}

/** Every function but an arrow has this name inside. */
const argumentsOf: Identifier = { type: "Identifier", name: "arguments", start: 0, end: 0 };
