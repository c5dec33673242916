/**
 * The words that a shared recording keeps: field values and messages of Kubernetes, of MetalLB and of the products beside
 * it, and what our own checks look for. Every other word might be somebody's name or secret and is replaced.
 */
export const vocabulary: ReadonlySet<string> = new Set(
  `
a ab abort aborterror about absent accept accepted accepting account act action
activateneighborfor active ad add additional additionalassignfailed additive addr address
addresses addressfamilyinfo addresspool addresspoollist addresspools addresstype admin
administrative administrator admission admissionregistration admissionreviewversions advertise
advertised advertisement advertisements aes affects affinity after again agent aggregation
aggregationlength aggregationlengthv6 alignstoclusterip all alloc allocate allocated allocateips
allocateloadbalancernodeports allocation allocationfailed allocator allotted allow allowed
allowedprefixlist alpha already also altname always amazonaws amd64 an and annotation annotations
announce announced announcedinterfacestoexclude announcefailed announcement announcer announcing
answered antrea anywhere apart api apiextensions apigroups apis apiversion apiversions app
application applied applies apply applying apps arch architecture are argo argocd args arm64 arp
arpa arpreply arprequestignore as ask asn asns assembling assign assigned assignedipv4
assignedipv6 assignment at attempt attribute audit auth authentication authority authorization
auto autoassign autocomplete autodiscovery automatic availability available availableipv4
availableipv6 availablereplicas avoidbuggyips awarenessmaxmultiplier aws b back backend backendkey
backoff bad balancer balancers base64 basic be because been before behavior being belong belonged
besteffort beta between bfdprofile bfdprofilelist bfdprofiles bfdprofilevalidationwebhook bgp
bgpadvertisement bgpadvertisementlist bgpadvertisements bgpextras bgppeer bgppeerlist bgppeers
bgppeersvalidationwebhook bgppeervalidationwebhook bgpstate bgpstatusevent bgptype bgpversion
bigint bind bindaddr bindport bitnami blind blocked book bookingof bookworm bool boolean both
branch broken buffer bug buggy build but by byte bytes cabundle cache caches cali calico call
caller calling calls can cannot capabilities capability cattle cause cbr cert certificate
certificatelist certificates certs chain change changed changes chart check checks chosen cidr
cidrs cilium cipher claims class clean clear clearassignment cleared clearing client
clientcertificatedata clientconfig clientkeydata close closed closing cloud cluster clusterip
clusterips clusterrole clusters cmdline cni code collision color colour columns com comma command
commandnotfound commands commit common communities community communitylist communityprefixlist
communityvalidationwebhook comparesconfigurationtruly compareslengthsbyfamily compatible component
concepts condition conditions conf config configmap configmaps configreconciler
configreconcilervalid configuration configurationerror configurations configurationstate
configurationstatecontroller configurationstatelist configurationstatereconciler
configurationstates configurationstatus configured confirmed conflicting conflictingadvertisements
conn connect connection connecttime console constraint container containercreating containerd
containerid containerport containerruntimeversion containers containersnotready containersready
containerstatuses containing contains content context contexts continue contradicts control
controller controllergroup controllerkind controllerlogs controllers controllerversion converge
converged convergeservice conversion convert core coredns could couldn count counter cpu cr crash
crashloopbackoff crd create createarpresponder created createmlsecret createndpresponder creating
creationtimestamp credential crs crt crypto csv ctype current currently currentnumberscheduled
curve curveid customresourcedefinition customresourcedefinitions d daemonset daemonsets data
database datapath dead deadline debian debounce debug debugging declared decoding deconfigured
default defaults defined definition delete deletearpresponder deletebalancer deleted
deletendpresponder deletion deletiontimestamp denied deployed deployment deployments deprecated
deprecatedannotation deprecatedcount deprecatedfirsttimestamp deprecatedlasttimestamp
deprecatedsource depth derived desc desired desirednumberscheduled details detect detection
detectmultiplier determine dev diagnosis diagnostic dial dict did didn differ different
differentiprequested differentpoolrequested differs digest dir directory disable disabled
disablemp disables disabletcppings discovery disk diskpressure dns do docker does doesn
doesnotexist doing don done dovecot down dual dualstackaddressfamily dumb dummy dump duplicate
dynamicasn e eaddrnotavail eai early ebgp ebgpmultihop ecdhe ecdsa echo echointerval echomode
econnecttimeout econnrefused effect ehostdown ehostunreach eip eks elbv2 election element
emergencies empty enable enablecompression enabled enablegracefulrestart enables encoding
encrypted end ending endpoint endpoints endpointslice endpointslices endupdate enetunreach enforce
enoent enotfound enough enqueueing ensuring entication entry env eof epipe epoll eproto epslice
epslices equal equivalent err errimageneverpull errimagepull error errors errorsummary established
etc etcdserver eth0 ethernet etimedout evaluating even event events eventtime evidence example
exceeded exclude excluded excludel2 exclusive exec execcredential execution exhausted exist
existent existing exists exit exitcode exitprompterror expected expecting experimental
expirationtimestamp expired expires expression expressions extension extensions external
externalip externalips externaltrafficpolicy extra extras f fail failed failedcreate failedmount
failedscheduling failing failovers fails failure failurepolicy failurethreshold false family
familypolicy fast fatal fault feature few field fieldindexer fieldpath fieldref fields file
filename files filter filtered filteredbynodeselector finalizers find finishedat first firstat
firsttimestamp fits flag flags flannel flaps fleet flux fold following for forbidden force forcing
forgivesunadvertisedipv6 format formed found foundby from frr frrconfiguration frripfamily frrk8s
frrk8sreconciler frrk8sreload fsm fulfilled full function future g garbage gateway gc gcm general
generate generated generating generation get getaddresses getinterfaces getsockopt getting ghcr gi
github gitversion given global glog gnu go goes golang gossipinterval gossipnodes
gossiptothedeadtime gossipverifyincoming gossipverifyoutgoing got goversion granted gratuitous
gratuitousannounce group groups grpc guarantee gvk gz gzip h had handle handled handler handling
handoffqueuedepth handshake happen haproxy hardware has hascabundle hash haspassword have head
header headers headline health healthchecknodeport healthy healthz held helm help helpful hex
hidden high hold holder holderof holds holdtime hole hop host hostip hostips hostname hostnetwork
hostport hostports hpe http http2 httpget https i ibgp id identifier identity identityfrom ids if
ifnotpresent ignore ignoresexcludelabel ignorespoolmetadata ignoring image imageid
imagepullbackoff imagepullpolicy imaps immutable impersonate implementation in include incoherent
incorrect index indirectchecks inferred info information informational infra infraerror ingress
inherit initcontainerstatuses initial initialdelayseconds initialize initialized inject inquirer
insecure installation installations installed installhint instance instead int32 integer
interactivemode interface interfaces internal internalerror internalip internaltrafficpolicy
interrupted interval invalid invalidimagename invalidip involvedobject io ip ipaddress
ipaddresspool ipaddresspoollist ipaddresspools ipaddresspoolselectors
ipaddresspoolvalidationwebhook ipadvertisement ipallocated ipam ipamrequest ipfamilies ipfamily
ipfamilyforaddresses ipfamilypolicy ipmode ipnotallowed ips iptables ipv ipv4 ipv6 ipvs is issuer
it items itself iwef join joined joining js json judgesownnodeonly k0s k3s k3s1 k8s kapp keepalive
keepalived keepalivesrecv keepalivessent keepalivetime kept key keychangewakesall keylen keys kind
klipper klog known knowsdynamicasn knowsinterfaces knowsnewprefix knowsserviceselectors kube
kubeadm kubeconfig kubectl kubelet kubelethasnodiskpressure kubelethassufficientmemory
kubelethassufficientpid kubeletready kubeletversion kubeproxy kubernetes kubesphere kustomize l l2
l2advertisement l2advertisementlist l2advertisements label labeled labels lableipv lacks lang
large largecommunityprefixlist last lastat lastheartbeattime lastobservedtime lastprobetime
laststate lasttimestamp lasttransitiontime lastupdatetime latest layer2 layer2status
layer2statusreconciler lb lbipam lbips lbnodeagent lc leaf lease least leaving left leftover
legacyaddresspools len length lengths level license likely limited limits lines link linux list
listen listenandserve listener listening listkind lists live livenessprobe lo load loadbalancer
loadbalancerclass loadbalancerfailed loadbalancerip loadbalanceripchanged loadbalancerips
loadbalancersourceranges loaded loading local localas localasn localdata localhost localifs
locally localpref localprefprefixlist locprf log logger logging logs longer looking looping low
lower loxilb ls lxc lxcbr m main make making malformed managed managedfields manager manifests
manual many markdown marker master match matches matchexpressions matching matchlabels matchpolicy
max maximum maxsurge maxunavailable mechanism membelist member memberdiscovery memberlist memory
memorypressure merge merged message messages messagestats meta metadata metal metallb
metallbreload metallbresources metric metrics metricshttps microk8s might migrate milliseconds min
minimum minimumreplicasavailable minimumreplicasunavailable minimumttl mismatch missing misspelled
mixed ml mlb mod mode modified monitoring more mounted mountvolume moves mp mqtt ms msg multicast
multihop multiplier must mustdisableconnectedcheck mutatingwebhookconfiguration mutually mvcc my
myasn n name named names namesexhaustedpool namespace namespaced namespaces namespaceselectors
native ndp ndpreply ndprequestignore nearly need negative neighbor neighbours net network never
new newreplicasetavailable next nexthop nexthops nftables nginx nil nmain no nochange noclusterips
noclusteripsipfamily noconfig node nodeassigned nodeinfo nodeip nodejoin
nodelabeledexcludebalancers nodelabelschanged nodeleave nodelocaldns nodename
nodenetworkunavailable nodenotready nodeport nodereconciler nodes nodeselector nodeselectors
nodestatusunknown nodeunschedulable nodeupdate noendpoints noexecute noipallocated nolbipsipfamily
nolocalendpoints nomatchingadvertisement non none normal noschedule not note notfound nothing
notices notification notificationssent notin notloadbalancer notmatchinterface notowner now
nruntime ns null numads number numberavailable numbermisscheduled numberready numberunavailable
numeric o object objects objectset observed observedgeneration obtain occurred oclif of off ok old
on once one only onlywebhook oomkilled op open openconfirm openelb openings opensent opensrecv
openssent operatingsystem operation operations operator option optional or ora origin original os
osimage ossl other out outcome output outside over overflow overlap overlaps own owned owner
ownerreferences p packet packets panic parameter parse parsevrfs parsing part partial parts pass
passed passive passivemode passwd password passwordsecret passwordsecrets patch path peer
peeradded peeraddress peerasn peerid peernotification peerport peerremoved peers pending per
performed periodseconds permission permitted phase phrase pid pidpressure pinned pipe pkg pl plane
please plural pod podcidr podcidrs podip podips pods podscheduled podsecurity pointer policy pool
poolreconciler poolreconcilervalid pools poolstatuscontroller poolstatusreconciler port
portforeign ports positive possible post posting pprof preemption pref preferdualstack preference
preferences preferernce prefix prefixes prepend present pressure previous priority private probe
probeinterval probetimeout problem proc processed processing profile profiles profiling program
progress progressed progressing prometheus propagate protocol protocols provideclusterinfo
provided provider providerid proxy proxyconnect public publishespooluse publishnotreadyaddresses
pull pulling purelb pushpullinterval qosclass quay querying queuecheckinterval quota r rancher
range raw rbac rc reached read readfile readinessprobe readings ready readyreplicas readyz reason
receipt receive received receiveinterval reconcile reconciled reconcilehandler reconcileid
reconciler reconciling recorded recording redirection ref reference references referencing
reflector refresh refusal refused refusestoofewclusterips regarding region registry
registryunavailable rejected release released reload reloaded reloader reloads relying remote
remoteas remoterouterid remove removed removedfromconfig rendered replace replaceall replica
replicafailure replicas replicaset replicasets reply report reportingcomponent reportingcontroller
reportinginstance reports reprocessall reprocessed reprocessing request requested requests
required requiredualstack requires reset resolution resolve resolving resource resources
resourceversion respond responder response responsemac responses rest restartcount restarting
restmapping restricted result resyncing retracted retransmitmult retrieve retry retrying return
returned reversed revision revisionhistorylimit rio risk rival rke2 role rollingupdate rootcauses
rotation route router routerefreshsent routerid routers routes routines routing rpc rsa rtsp rule
ruledout rules run running runtime s s3 same say says scaled scalingreplicaset scc scheduled
scheduler scheduling schema schemaversion scheme scope sctp search second secret secretkey secrets
section secureconnect secureserving security securitycontext see seems select selecting selection
selector selectors selects self selfsubjectreview send senderip senderlladdr sendermac sending
sendkeepalive sendupdate sendwithdraw sent sentprefixcounter separated series serve served server
serverversion service serviceaccount serviceaccountname serviceallocation serviceannounced
servicebgpstatus servicebgpstatuses servicebgpstatuslist servicedeleted serviceipfamily
servicel2status servicel2statuses servicel2statuslist servicename servicenamespace
servicereconciler services serviceselectors serviceupdated servicewithdrawn serving session
sessionaffinity sessiondown sessions sessionup set setbalancer setconfig setnode setsockopt
setting settlesforonefamily setup several sh sha256 sha384 shared sharing sharingkey short should
shouldannounce shut shutdown sideeffects sigint signature signed sigs sigterm since singlestack
singular size skew skip skipped skipping slice slot slow small snapshot socket solicited some
someonebut source sourceaddress space speaker speakerlist speakerlogs speakers speakerversion spec
specific specified specify spill split src ssl stable stack stacktrace stale start started
startedat starting starttime startup startupdate state statefulset status stem still stop stopped
stored strategy strictarp string strings stun subject subresource succeeded success successfully
successthreshold such sufficient suggestions suggests suitable suites support supported supports
suppressed suppressions suspicionmaxtimeoutmult suspicionmult svc svccontroller svclb svcname
svcnamespace symbol sync synchronization synchronized syncpeers syntax sys system t tailscale
taint taints taken takenat talos target targetport tcp tcptimeout template templates term terminal
terminated terminating terminationgraceperiodseconds text tf tgo than that the them this thought
tier time timeadded timed timeout timeoutseconds timer timers tls tlsciphersuites tlsminversion
tmp tmpl to token tokenfile tolerations too tools topology total totalrecv totalsent trace traefik
traffic trailing transmit transmitinterval transport triage trigger triggering troubled true
truntime try tryassignadditionalip trying ts tsigs ttl tunl two txt type udp udpbuffersize uid
uint16 uint32 uint8 unable unacceptable unadvertised unanswered unavailable unavailablereplicas
unchanged unconfirmed undecided under unexpected unhandlederror universe unknown unknownerror
unknowns unnamedpinningservesall unpack unreachable unread unreadable unready unrecognized
unschedulable unspecific unsupported untolerated untouched unwatch unwatchmulticastgroup up update
updateads updated updatedadvertisements updatedingressip updatednumberscheduled updatedreplicas
updates updateservicestatus updatesrecv updatessent updatestrategy uptime url us usable usage
usages use used user userinfo username userprofile users uses using utf utf8 v v0 v1 v1alpha1
v1beta1 v1beta2 v2 v4 valid validate validatingadmissionpolicy validatingwebhookconfiguration
validatingwebhookconfigurations validatingwebhooks value valuefrom values var verb verbose verdict
verdicts verify version versions veth via violates vip viphost virbr volume vrf vs vtysh w wait
waiting wan want warn warning warnings was watch watcher watchmulticastgroup wd we weave webhook
webhookmode webhooks websecure well were when where which whose why wide will with withdraw
withdrawing within without woken word works would write writeconfig writing written wrong wx x
x509 ya yaml yes yet your z za zero zone
`.match(/[a-z0-9]+/g),
);
